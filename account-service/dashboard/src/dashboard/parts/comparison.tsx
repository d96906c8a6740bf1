import { useQueries, useQuery } from '@tanstack/react-query'
import { dollars, parts } from '../api/money'
import { pricing, quoted } from '../api/queries'
import { at } from '../api/time'

/** More routes than these nobody compares at a glance, and each is a quote. */
const MOST = 6

/** The same request on every route, the one that will probably cost least marked; and when a price turns. */
export function Comparison({ body, models }: { body: { model: string }; models: string[] }) {
  const compared = [body.model, ...models.filter((model) => model !== body.model)].slice(0, MOST)
  const quotes = useQueries({ queries: compared.map((model) => quoted({ ...body, model })) })
  const prices = useQuery(pricing)
  const costs = quotes.flatMap((quote) => (quote.data ? [parts(quote.data.expected_cost_usd)] : []))
  const least = costs.reduce((min, cost) => (cost < min ? cost : min), costs[0] ?? 0n)
  const scheduled = prices.data?.data.filter((price) => compared.includes(price.model) && (price.schedule?.windows.length ?? 0) > 0) ?? []
  return (
    <>
      <table className="cards">
        <caption>The same on every route</caption>
        <thead><tr><th>Route</th><th className="number">Expected</th><th className="number">At most</th></tr></thead>
        <tbody>{compared.map((model, place) => {
          const { data: quote, error } = quotes[place]!
          return (
            <tr key={model}>
              <td data-label="Route"><span>{model}{quote && costs.length > 1 && parts(quote.expected_cost_usd) === least && <> <span className="tag good">cheapest</span></>}
                {quote && <span className="hint"> {dollars(quote.price.input_usd_per_million)} in, {dollars(quote.price.output_usd_per_million)} out a million{quote.price.window ? `, ${quote.price.window}` : ''}</span>}</span></td>
              {quote ? (
                <>
                  <td data-label="Expected" className="number">{dollars(quote.expected_cost_usd)}</td>
                  <td data-label="At most" className="number">{dollars(quote.hold_usd)}</td>
                </>
              ) : <td data-label="Quote" colSpan={2}>{error ? error.message : '…'}</td>}
            </tr>
          )
        })}</tbody>
      </table>
      {scheduled.map((price) => (
        <p key={price.model} className="hint">{price.model} now: <strong>{price.window ?? 'its usual price'}</strong>{price.valid_until && `, until ${at(price.valid_until)}`}{price.next_change && `, then ${price.next_change.window ?? 'its usual price'} with ${dollars(price.next_change.output_usd_per_million)} output a million`}. {price.schedule?.in_words.join('; ')}.</p>
      ))}
    </>
  )
}
