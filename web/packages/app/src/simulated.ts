/** Whether this is the suite of the person's own machine, where text messages and mail are simulated and stand at `/sim/`. */
export function outsideIsSimulated(): boolean {
  return ['localhost', '127.0.0.1', '[::1]'].includes(location.hostname);
}
