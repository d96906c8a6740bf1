import { generate } from 'lean-qr'
import { useMemo } from 'react'

/** White around it, without which readers do not find it. */
const MARGIN = 4

/** A text as cameras read it. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const { size, path } = useMemo(() => {
    const code = generate(text)
    const squares: string[] = []
    for (let y = 0; y < code.size; y++) {
      for (let x = 0; x < code.size; x++) if (code.get(x, y)) squares.push(`M${x + MARGIN} ${y + MARGIN}h1v1h-1z`)
    }
    return { size: code.size + 2 * MARGIN, path: squares.join('') }
  }, [text])
  return <svg className="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label} shapeRendering="crispEdges"><path d={path} /></svg>
}
