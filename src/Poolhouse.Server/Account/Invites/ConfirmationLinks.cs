using Poolhouse.Core.Accounts;
using Poolhouse.Core.Accounts.Invites;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Sessions;
using Poolhouse.Core.Stores;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Account.Authentication;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Account.Invites;

/// <summary>Links that confirm who registered, for applications that confirm by them: made with the user, and again when asked for.</summary>
internal sealed class ConfirmationLinks(IUserPools pools, IDatabase database, AccountRecords accounts, InviteMails mails) : IRegistrationPart
{
    private const int MostPerHour = 5;

    private static readonly CognitoIdpJson Json = CognitoIdpJson.Instance;

    public ValueTask CheckAsync(Newcomer newcomer, FieldErrors errors, CancellationToken ct) => ValueTask.CompletedTask;

    public async ValueTask JoinAsync(IUnitOfWork unit, Newcomer newcomer, Core.Accounts.Account account, CancellationToken ct)
    {
        if (newcomer.Application.ConfirmBy != ConfirmationWay.Link || newcomer.Invite is not null) return;
        var (invite, mail) = mails.New(
            newcomer.Application, InviteKind.Confirmation, newcomer.Body.Email!, inviter: null, account.Id, account.Locale, newcomer.Call.Now);
        await unit.Invites.AddAsync(invite, ct);
        await unit.Outbox.AddAsync(mail, ct);
    }

    /// <summary>Mails another link in place of the one before it; nothing where there is nobody to confirm or too many were sent.</summary>
    /// <returns>Whether somebody waits for it.</returns>
    public async ValueTask<bool> SendAsync(Application application, string email, string? language, Origin origin, DateTimeOffset now, CancellationToken ct)
    {
        if (await FindUnconfirmedAsync(application, email, origin, now, ct) is not { } account) return false;
        var (invite, mail) = mails.New(application, InviteKind.Confirmation, email, inviter: null, account.Id, account.Locale ?? language, now);
        await database.WriteAsync(
            async unit =>
            {
                if (await unit.Attempts.CountAsync($"confirmation-link/{account.Id}", TimeSpan.FromHours(1), now, ct) > MostPerHour) return false;
                await unit.Invites.WithdrawConfirmationsAsync(account.Id, now, ct);
                await unit.Invites.AddAsync(invite, ct);
                await unit.Outbox.AddAsync(mail, ct);
                return true;
            },
            ct);
        return true;
    }

    /// <summary>The account of an address that waits to be confirmed; null where none does.</summary>
    public async ValueTask<Core.Accounts.Account?> FindUnconfirmedAsync(Application application, string email, Origin origin, DateTimeOffset now, CancellationToken ct)
    {
        try
        {
            var request = new AdminGetUserRequest { UserPoolId = application.PoolId.Value, Username = email };
            var user = await pools.Of(application).CallAsync("AdminGetUser", request, Json.AdminGetUserRequest, Json.AdminGetUserResponse, origin, ct);
            var attributes = (user.UserAttributes ?? []).ToDictionary(a => a.Name!, a => a.Value ?? "", StringComparer.Ordinal);
            // A name that looks like the address is not the address.
            if (user.UserStatus != "UNCONFIRMED" || EmailAddress.Normalize(attributes.GetValueOrDefault("email") ?? "") != EmailAddress.Normalize(email)) return null;
            var seen = new SeenUser(application.PoolId, new Sub(attributes["sub"]), user.Username, attributes);
            return await database.WriteAsync(
                async unit =>
                {
                    if (await unit.Accounts.FindByUserAsync(application.Name, seen.PoolId, seen.Sub, ct) is { } known) return known;
                    // Who registered at the pool itself has none yet.
                    var made = accounts.New(application, seen, now);
                    return await unit.Accounts.CreateAsync(made, ct) == SaveAccountOutcome.Saved ? made : null;
                },
                ct);
        }
        catch (CognitoException unknown) when (unknown.Type == "UserNotFoundException")
        {
            return null;
        }
    }
}
