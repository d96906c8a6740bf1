import { Link } from '@tanstack/react-router'
import { dollars, parts, short } from '../api/money'
import { dayAfter } from '../api/time'

const WIDTH = 600
const HEIGHT = 140
const FOOT = 18

export interface DayAmount { day: string; usd: string }

/** One bar a day; what it shows stands below it as a table, for whoever does not see it. */
export function DayChart({ days, what }: { days: DayAmount[]; what: string }) {
  const most = days.reduce((max, one) => (parts(one.usd) > max ? parts(one.usd) : max), 0n)
  const slot = WIDTH / days.length
  return (
    <figure style={{ margin: 0 }}>
      <svg className="chart" viewBox={`0 0 ${WIDTH} ${HEIGHT + FOOT}`} preserveAspectRatio="none" role="img" aria-label={`${what}, at most ${short(most)} a day`}>
        <line x1="0" x2={WIDTH} y1={HEIGHT} y2={HEIGHT} />
        {days.map((one, place) => {
          const height = most === 0n ? 0 : Math.max(parts(one.usd) > 0n ? 2 : 0, (Number(parts(one.usd)) / Number(most)) * (HEIGHT - 4))
          return <rect key={one.day} x={place * slot + slot * 0.15} width={slot * 0.7} y={HEIGHT - height} height={height}><title>{`${one.day}: ${dollars(one.usd)}`}</title></rect>
        })}
      </svg>
      <div className="hint actions" style={{ justifyContent: 'space-between' }}><span>{days[0]?.day}</span><span>most: {short(most)}</span><span>{days.at(-1)?.day}</span></div>
      <details><summary className="hint">As a table</summary>
        <table><thead><tr><th>Day</th><th className="number">{what}</th></tr></thead>
          <tbody>{days.filter((one) => parts(one.usd) > 0n).map((one) => <tr key={one.day}><td><Link to="/requests" search={{ from: one.day, to: dayAfter(one.day, 1) }}>{one.day}</Link></td><td className="number">{dollars(one.usd)}</td></tr>)}</tbody></table>
      </details>
    </figure>
  )
}
