using Poolhouse.Core.Accounts;
using Poolhouse.Core.Accounts.Invites;
using Poolhouse.Core.Stores;
using Poolhouse.Server.Account.Pipeline;

namespace Poolhouse.Server.Account.Invites;

/// <summary>Tokens that people present. What is wrong with one is noted, and told alike whatever it is.</summary>
internal sealed class PresentedInvites(IDatabase database, Applications applications, InviterRights rights, Audit audit)
{
    /// <summary>The invitation, which is good now. Spends nothing.</summary>
    /// <param name="call">Who presents it.</param>
    /// <param name="token">What they present.</param>
    /// <param name="wanted">The application that it must be for; null takes any.</param>
    /// <param name="ct">Cancellation.</param>
    /// <exception cref="ProblemException">INVITE_INVALID.</exception>
    public async ValueTask<(Invite Invite, Application Application)> GetAsync(AccountCall call, string? token, Application? wanted, CancellationToken ct)
    {
        var invite = InviteToken.TryRead(token) is { } read
            ? await database.ReadAsync(stores => stores.Invites.FindByTokenAsync(read.Hash(), ct), ct)
            : null;
        var application = invite is null ? null : applications.Find(invite.Application);
        if (invite is not null
            && application is not null
            && (wanted ?? application) == application
            && invite.StateAt(call.Now) == InviteState.Pending
            && await rights.StandAsync(application, invite, call.Origin, ct)) return (invite, application);
        throw await RefuseAsync(call, application ?? wanted ?? call.Application, invite, ct);
    }

    /// <summary>Notes that a token was refused; answers how that is told.</summary>
    public async ValueTask<ProblemException> RefuseAsync(AccountCall call, Application application, Invite? invite, CancellationToken ct)
    {
        var entry = audit.Entry(call, "invite.refused", invite?.Id) with { Application = application.Name };
        await database.WriteAsync(
            async unit =>
            {
                await unit.Audit.AddAsync(entry, ct);
                return true;
            },
            ct);
        return Problems.InviteInvalid(application);
    }
}
