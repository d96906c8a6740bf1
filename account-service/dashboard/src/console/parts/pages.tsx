import { useState } from 'react'

/** One page of a list after the other, and back: a page is named by what the one before ended with. */
export function usePages() {
  const [cursors, setCursors] = useState<string[]>([])
  return { cursor: cursors.at(-1), back: () => setCursors(cursors.slice(0, -1)), to: (next: string) => setCursors([...cursors, next]), first: () => setCursors([]) }
}

export function Pages({ of, next, names = ['Newer', 'Older'] }: { of: ReturnType<typeof usePages>; next?: string | null; names?: [string, string] }) {
  if (!of.cursor && !next) return null
  return (
    <p className="actions">
      {of.cursor && <button onClick={of.back}>{names[0]}</button>}
      {next && <button onClick={() => of.to(next)}>{names[1]}</button>}
    </p>
  )
}
