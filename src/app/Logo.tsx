/** The mark: a crow's foot, the end of a relationship that says "many". */
export function Logo() {
  return (
    <span className="flex shrink-0 items-center gap-2 font-semibold tracking-[-0.01em]">
      <svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true" className="text-accent">
        <path
          d="M2 10h16M18 4l-7 6 7 6M5.5 6.5v7"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.9"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </svg>
      <span className="max-[1100px]:sr-only">Crowfoot</span>
    </span>
  );
}
