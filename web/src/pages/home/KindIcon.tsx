// 20 by 20, one stroke, like the mark.
const shapes: Readonly<Record<string, string>> = {
  announcement: 'M4 8.5v3h2.5L13 15V5L6.5 8.5ZM16 8v4',
  attributes_changed: 'M4 16h12M5 12.5 12.5 5l2.5 2.5L7.5 15H5Z',
  confirmed: 'M3.5 6h13v9h-13ZM3.5 6.5 10 11l6.5-4.5',
  password_changed: 'M7 12.5a2.75 2.75 0 1 1 0-5.5 2.75 2.75 0 0 1 0 5.5ZM9.75 9.75H16.5M14 9.75v2.5',
  password_reset: 'M15.5 7A6 6 0 1 0 16 11M16 4v3.5h-3.5',
  signed_in: 'M8.5 4H16v12H8.5M3.5 10H11M8.5 7 11.5 10l-3 3',
  signed_out_everywhere: 'M11.5 4H4v12h7.5M8 10h8.5M13.5 7l3 3-3 3',
  signed_up: 'M10 9.5A3 3 0 1 0 10 3.5a3 3 0 0 0 0 6ZM4 16.5c.6-3 3-4.5 6-4.5s5.4 1.5 6 4.5',
};

export function KindIcon({ kind }: { kind: string }) {
  return (
    <svg className="icon icon-medium" viewBox="0 0 20 20" aria-hidden="true">
      <path d={shapes[kind] ?? 'M10 6v5M10 14v.01'} />
    </svg>
  );
}
