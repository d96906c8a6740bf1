import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { at } from '../../dashboard/api/time'
import { Source } from '../../dashboard/parts/source'
import { Empty, Shown } from '../../dashboard/parts/states'
import type { Schemas } from '../../dashboard/api/client'
import { margins, routes } from '../queries'

/** What every route costs customers and the operator, and where that loses money. */
export function PricesPage() {
  const answer = useQuery(routes)
  const margin = useQuery(margins)
  return (
    <>
      <h1>Prices</h1>
      <section className="panel" aria-label="Routes">
        <Shown of={answer}>{({ data, as_of: asOf }) => data.length === 0 ? <Empty title="No routes yet" /> : (
          <>
            <p className="asof">US dollars per million tokens: input, cached input, output; at {at(asOf)}. <Source path="/operator/routes" data={answer.data} />{margin.data && <> <Source path="/operator/margins" data={margin.data} /></>}</p>
            <table className="cards">
              <thead><tr><th>Route</th><th className="number">Price</th><th className="number">Cost</th><th>Margin</th><th>Next price</th></tr></thead>
              <tbody>{data.map((one) => (
                <tr key={one.model}>
                  <td data-label="Route"><Link to="/prices/$model" params={{ model: one.model }}>{one.model}</Link></td>
                  <td data-label="Price" className="number"><Terms of={one.price} /></td>
                  <td data-label="Cost" className="number"><Terms of={one.cost} /></td>
                  <td data-label="Margin"><Margin of={margin.data?.data.find((each) => each.model === one.model)} /></td>
                  <td data-label="Next price">{one.next_price ? <span><Terms of={one.next_price} /> <span className="hint">from {at(one.next_price.valid_from)}</span></span> : 'none'}</td>
                </tr>
              ))}</tbody>
            </table>
          </>
        )}</Shown>
      </section>
    </>
  )
}

export function Terms({ of }: { of: Schemas['UnitPrices'] | null | undefined }) {
  return <>{of ? [of.input_usd_per_million, of.cached_input_usd_per_million, of.output_usd_per_million].join(' / ') : 'not known'}</>
}

export function Margin({ of }: { of?: Schemas['Margins']['data'][number] }) {
  if (!of) return <>–</>
  if (!of.cost_known) return <span className="tag">cost not known</span>
  if (of.suspended_now) return <span className="tag bad">suspended: below its cost</span>
  if (of.losing_now) return <span className="tag bad">below its cost now</span>
  return of.alarm ? <span className="tag bad">below its cost within 7 days</span> : <span className="tag good">at or above its cost</span>
}
