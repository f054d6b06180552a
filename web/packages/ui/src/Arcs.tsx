/** The mark: a dot and three signal arcs. */
export function Arcs({ size = 22 }: { size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="2.1"
      strokeLinecap="round"
      aria-hidden="true"
    >
      <circle cx="5.2" cy="18.8" r="2" fill="currentColor" stroke="none" />
      <path d="M5 13a6 6 0 0 1 6 6" />
      <path d="M5 8.2A10.8 10.8 0 0 1 15.8 19" />
      <path d="M5 3.4A15.6 15.6 0 0 1 20.6 19" />
    </svg>
  );
}
