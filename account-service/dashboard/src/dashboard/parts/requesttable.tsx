import { Link } from '@tanstack/react-router'
import type { Schemas } from '../api/client'
import { dollars } from '../api/money'
import { at } from '../api/time'

export function RequestTable({ of }: { of: Schemas['Request'][] }) {
  return (
    <table className="cards">
      <thead><tr><th>Began</th><th>Model</th><th>Outcome</th><th className="number">Tokens</th><th className="number">Held</th><th className="number">Charged</th></tr></thead>
      <tbody>
        {of.map((one) => (
          <tr key={one.id}>
            <td data-label="Began"><Link to="/requests/$requestId" params={{ requestId: one.id }}>{at(one.started_at)}</Link></td>
            <td data-label="Model">{one.model}</td>
            <td data-label="Outcome"><Outcome of={one} /></td>
            <td data-label="Tokens" className="number">{one.prompt_tokens == null ? '–' : `${one.prompt_tokens} + ${one.completion_tokens}`}</td>
            <td data-label="Held" className="number">{dollars(one.held_usd)}</td>
            <td data-label="Charged" className="number">{dollars(one.charged_usd)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

export function Outcome({ of }: { of: Schemas['Request'] }) {
  if (of.status === 'held') return <span className="tag">in flight</span>
  return <span className={of.rule === 'COMPLETED' ? 'tag good' : 'tag bad'}>{words(of.rule)}</span>
}

function words(rule: string | null) {
  return (rule ?? 'ended').toLowerCase().replaceAll('_', ' ')
}
