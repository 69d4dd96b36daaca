/** A roof line over two waves. */
export function Mark() {
  return (
    <svg className="mark" viewBox="0 0 32 32" aria-hidden="true">
      <path d="M3 13.5 16 4.5l13 9" />
      <path d="M4 20.5c2.4-2.6 5.6-2.6 8 0s5.6 2.6 8 0 5.6-2.6 8 0" />
      <path d="M4 27c2.4-2.6 5.6-2.6 8 0s5.6 2.6 8 0 5.6-2.6 8 0" />
    </svg>
  );
}

/** The mark drawn out into a horizon: the pool house, the water to both edges, a low sun. */
export function Horizon() {
  return (
    <svg className="horizon" viewBox="0 0 1000 160" preserveAspectRatio="xMaxYMax slice" aria-hidden="true">
      <circle className="horizon-sun" cx="944" cy="44" r="14" />
      <path d="M744 84 824 32l80 52" />
      <path d="M768 86v18M880 86v18" />
      <path d={wave(120)} />
      <path d={wave(144)} />
    </svg>
  );
}

/** One wave from edge to edge and beyond, at a height. */
function wave(y: number): string {
  const period = 'c9-9.5 21-9.5 30 0s21 9.5 30 0';
  return `M-40 ${y}${period.repeat(18)}`;
}
