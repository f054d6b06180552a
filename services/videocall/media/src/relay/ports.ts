import { Refusal } from '../errors.ts';

/**
 * The UDP ports of this node, where a firewall lets in only some. Each connection has its own: one for each address,
 * and one to spare, for werift takes no range of one port.
 *
 * werift looks for a free port by binding and closing it, so that two connections at once would take the same.
 */
export class PortPool {
  private readonly free: [number, number][] = [];

  constructor([first, last]: [number, number], each: number) {
    for (let port = first; port + each - 1 <= last; port += each) this.free.push([port, port + each - 1]);
  }

  /** Take the ports of a connection, those given back longest ago first. */
  take(): [number, number] {
    const ports = this.free.shift();
    if (!ports) throw new Refusal(503, 'no-port-left');
    return ports;
  }

  giveBack(ports: [number, number]): void {
    this.free.push(ports);
  }
}
