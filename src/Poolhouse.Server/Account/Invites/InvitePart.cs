using Poolhouse.Core.Accounts;
using Poolhouse.Core.Accounts.Invites;
using Poolhouse.Core.Stores;
using Poolhouse.Server.Account.Authentication;
using Poolhouse.Server.Account.Limits;

namespace Poolhouse.Server.Account.Invites;

/// <summary>
/// Registering with an invitation. It is spent in the transaction that makes the user; because it was mailed to the very address that registers,
/// it proves the address.
/// </summary>
internal sealed class InvitePart(PresentedInvites presented, RateLimiter limiter) : IRegistrationPart
{
    private const int LongestToken = 256;

    public async ValueTask CheckAsync(Newcomer newcomer, FieldErrors errors, CancellationToken ct)
    {
        var (call, application, token) = (newcomer.Call, newcomer.Application, newcomer.Body.InviteToken);
        if (application.Invitation == FieldUse.None) errors.Absent("invite_token", token);
        errors.OptionalText("invite_token", token, LongestToken);
        if (errors.Any) return;
        if (token is null)
        {
            if (application.Invitation == FieldUse.Required) throw Problems.Of("INVITE_REQUIRED");
            return;
        }

        await limiter.DemandAsync(call, RateLimits.Tokens, ct);
        var (invite, _) = await presented.GetAsync(call, token, application, ct);
        // A link that confirms an account makes none, and an invitation is nobody else's (CVE-2022-23555, GHSA-fmh4-wcc4-5jm3).
        if (invite.Kind != InviteKind.Account || invite.Email != EmailAddress.Normalize(newcomer.Body.Email!))
            throw await presented.RefuseAsync(call, application, invite, ct);
        newcomer.Invite = invite;
    }

    public async ValueTask JoinAsync(IUnitOfWork unit, Newcomer newcomer, Core.Accounts.Account account, CancellationToken ct)
    {
        if (newcomer.Invite is not { } invite) return;
        if (!await unit.Invites.ClaimAsync(invite, account.Id, newcomer.Call.Now, ct)) throw Problems.InviteInvalid(newcomer.Application);
    }
}
