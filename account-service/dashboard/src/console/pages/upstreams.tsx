import { useQuery } from '@tanstack/react-query'
import { at } from '../../dashboard/api/time'
import { Source } from '../../dashboard/parts/source'
import { Empty, Shown } from '../../dashboard/parts/states'
import { upstreams } from '../queries'

const CIRCUITS = { closed: 'let through', open: 'held off', half_open: 'tried again' }

/** How the upstream does, as the proxy that answers has met it. */
export function UpstreamsPage() {
  const answer = useQuery(upstreams)
  return (
    <>
      <div className="title"><h1>Upstream</h1><button onClick={() => answer.refetch()}>Look again</button></div>
      <section className="panel" aria-label="Models">
        <Shown of={answer}>{({ data, upstream, as_of: asOf }) => (
          <>
            <p className="asof">{upstream}, as the proxy that answered has met it since it started, at {at(asOf)}. <Source path="/operator/upstreams" data={answer.data} /></p>
            {data.length === 0 ? <Empty title="Nothing was asked of it yet" /> : (
              <table className="cards">
                <thead><tr><th>Model</th><th>Requests are</th><th className="number">Failed of the last</th><th className="number">Held off</th><th className="number">In flight</th></tr></thead>
                <tbody>{data.map((one) => (
                  <tr key={one.model}>
                    <td data-label="Model">{one.model}</td>
                    <td data-label="Requests are"><span className={one.circuit === 'closed' ? 'tag good' : 'tag bad'}>{CIRCUITS[one.circuit]}</span></td>
                    <td data-label="Failed of the last" className="number">{one.recent_failures} of {one.recent_requests}</td>
                    <td data-label="Held off" className="number">{one.held_off}</td>
                    <td data-label="In flight" className="number">{one.in_flight} of {one.places}</td>
                  </tr>
                ))}</tbody>
              </table>
            )}
          </>
        )}</Shown>
      </section>
    </>
  )
}
