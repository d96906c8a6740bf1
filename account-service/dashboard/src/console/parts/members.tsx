import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useId } from 'react'
import { told, type Schemas } from '../../dashboard/api/client'
import { at } from '../../dashboard/api/time'
import { Copy, Source } from '../../dashboard/parts/source'
import { Empty, Shown } from '../../dashboard/parts/states'
import { api, because } from '../api'
import { invitations, members } from '../queries'
import { useOperator } from '../session'
import { Act, Field, textOf, Why } from './act'

const ROLES = ['owner', 'admin', 'billing', 'developer', 'viewer'] as const

/** Who is a member of the account, and who is invited. */
export function Members({ account }: { account: string }) {
  const operator = useOperator()
  const answer = useQuery(members(account))
  const invited = useQuery(invitations(account))
  const open = invited.data?.data.filter((one) => one.status === 'open') ?? []
  return (
    <section className="panel" aria-labelledby="members">
      <header><h2 id="members">Members</h2>
        <span className="actions">{operator.has('support') && <Invite account={account} />}{operator.installation && <SignInLink account={account} />}</span></header>
      <Shown of={answer}>{({ data, next_cursor: next }) => (
        <>
          <p><Source path={`/operator/accounts/${account}/members?limit=1000`} data={answer.data} /></p>
          {data.length === 0 ? <Empty title="Nobody by name"><p>Invite its owner.</p></Empty> : (
            <table className="cards">
              <thead><tr><th>Who</th><th>Role</th><th>Address verified</th><th>Since</th></tr></thead>
              <tbody>{data.map((one) => (
                <tr key={one.member_id}><td data-label="Who"><span>{one.name ? `${one.name}, ` : ''}{one.email}</span></td><td data-label="Role">{one.role}</td>
                  <td data-label="Address verified">{one.email_verified ? 'yes' : 'no'}</td><td data-label="Since">{at(one.joined_at)}</td></tr>
              ))}</tbody>
            </table>
          )}
          {next && <p className="hint">The first 1,000 are shown.</p>}
        </>
      )}</Shown>
      {open.map((one) => <Invited key={one.invitation_id} account={account} of={one} />)}
    </section>
  )
}

function Invited({ account, of }: { account: string; of: Schemas['Invitation'] }) {
  const operator = useOperator()
  const client = useQueryClient()
  const revoke = useMutation({
    mutationFn: (form: FormData) => told(api.DELETE('/operator/accounts/{account}/invitations/{invitation}', {
      params: { path: { account, invitation: of.invitation_id } }, headers: because(textOf(form, 'reason')),
    })),
    onSuccess: () => client.invalidateQueries({ queryKey: ['account', account, 'invitations'] }),
  })
  return (
    <p className="actions"><span>{of.email} is invited as {of.role}, until {at(of.expires_at)}.</span>
      {operator.has('support') && <Act name="Revoke" title={`Revoke the invitation of ${of.email}`} danger busy={revoke.isPending} error={revoke.error} reset={revoke.reset} act={revoke.mutateAsync}><Why required={false} /></Act>}</p>
  )
}

function Invite({ account }: { account: string }) {
  const role = useId()
  const client = useQueryClient()
  const invite = useMutation({
    mutationFn: (form: FormData) => told(api.POST('/operator/accounts/{account}/invitations', {
      params: { path: { account } }, headers: because(textOf(form, 'reason')),
      body: { email: textOf(form, 'email'), role: textOf(form, 'role') as (typeof ROLES)[number] },
    })),
    onSuccess: () => client.invalidateQueries({ queryKey: ['account', account, 'invitations'] }),
  })
  return (
    <>
      {invite.data?.link && <Link of={invite.data.link} />}
      <Act name="Invite somebody" busy={invite.isPending} error={invite.error} reset={invite.reset} act={invite.mutateAsync}>
        <Field name="email" label="E-mail address" type="email" required maxLength={254} />
        <div className="field"><label htmlFor={role}>Role</label><select id={role} name="role">{ROLES.map((one) => <option key={one}>{one}</option>)}</select></div>
        <Why required={false} />
      </Act>
    </>
  )
}

function SignInLink({ account }: { account: string }) {
  const make = useMutation({
    mutationFn: (form: FormData) => told(api.POST('/operator/accounts/{account}/sign-in-links', {
      params: { path: { account } }, body: { email: textOf(form, 'email') }, headers: because(textOf(form, 'reason')),
    })),
  })
  return (
    <>
      {make.data && <Link of={make.data.link} />}
      <Act name="Make a sign-in link" busy={make.isPending} error={make.error} reset={make.reset} act={make.mutateAsync}>
        <p>Whoever has it is that person for 15 minutes. In an account without members, who has the address becomes its owner.</p>
        <Field name="email" label="E-mail address" type="email" required maxLength={254} />
        <Why />
      </Act>
    </>
  )
}

function Link({ of }: { of: string }) {
  return <span className="note"><span>Hand this over; it is shown this once.</span><span className="code" data-secret> {of} </span><Copy text={of} /></span>
}
