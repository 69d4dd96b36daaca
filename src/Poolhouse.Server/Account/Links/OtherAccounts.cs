using Poolhouse.Core.Accounts;
using Poolhouse.Core.Accounts.Links;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Sessions;
using Poolhouse.Core.Stores;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Account.Links;

/// <summary>Looks for the account that somebody wants to link, where the truth is: in the other application's pool.</summary>
internal sealed class OtherAccounts(IUserPools pools, Applications applications, AccountRecords accounts, IDatabase database)
{
    private static readonly CognitoIdpJson Json = CognitoIdpJson.Instance;

    /// <summary>Who can be reached at an address: a confirmed, enabled user whose verified address it is. Null for everybody else.</summary>
    /// <param name="application">The other application.</param>
    /// <param name="email">In lower case.</param>
    /// <param name="origin">Where the person is.</param>
    /// <param name="ct">Cancellation.</param>
    public async ValueTask<SeenUser?> FindAsync(Application application, string email, Origin origin, CancellationToken ct)
    {
        var known = await database.ReadAsync(stores => stores.Accounts.FindByEmailAsync(application.Name, email, ct), ct);
        return await ReadAsync(application, known?.PoolUsername ?? email, email, origin, ct);
    }

    /// <summary>The account that a code was mailed to, if the address is still theirs; null otherwise.</summary>
    public async ValueTask<(Application Application, Core.Accounts.Account Account)?> FindAsync(LinkRequest request, Origin origin, DateTimeOffset now, CancellationToken ct)
    {
        if (applications.Find(request.Application) is not { } application) return null;
        var user = await ReadAsync(application, request.PoolUsername!, request.Email, origin, ct);
        return user is null || user.Sub != request.Sub ? null : (application, await accounts.SeeAsync(application, user, now, ct));
    }

    /// <summary>The user of that name if the address is still theirs, verified; null otherwise.</summary>
    private async ValueTask<SeenUser?> ReadAsync(Application application, string poolUsername, string email, Origin origin, CancellationToken ct)
    {
        AdminGetUserResponse found;
        try
        {
            var request = new AdminGetUserRequest { UserPoolId = application.PoolId.Value, Username = poolUsername };
            found = await pools.Of(application).CallAsync("AdminGetUser", request, Json.AdminGetUserRequest, Json.AdminGetUserResponse, origin, ct);
        }
        catch (CognitoException unknown) when (unknown.Type is "UserNotFoundException" or "InvalidParameterException")
        {
            return null;
        }

        var attributes = (found.UserAttributes ?? []).ToDictionary(a => a.Name!, a => a.Value ?? "", StringComparer.Ordinal);
        var user = new SeenUser(application.PoolId, new Sub(attributes.GetValueOrDefault("sub") ?? ""), found.Username, attributes);

        // Equal addresses prove nothing, and an address that nobody has verified is anybody's.
        var isReachable = found is { Enabled: true, UserStatus: "CONFIRMED" } && user.Sub.Value.Length > 0 && user.VerifiedEmail == email;
        return isReachable ? user : null;
    }

    /// <summary>
    /// The account that an address and a password sign in to; the sign-in is ended at once. Null where the password is right but not enough: the
    /// pool asks for more, which the mailed code then is.
    /// </summary>
    /// <exception cref="CognitoException">They are not accepted.</exception>
    public async ValueTask<Core.Accounts.Account?> ProveAsync(
        Application application, string email, string password, Origin origin, DateTimeOffset now, CancellationToken ct)
    {
        var pool = pools.Of(application);
        var request = new InitiateAuthRequest
        {
            ClientId = pool.ClientId,
            AuthFlow = "USER_PASSWORD_AUTH",
            AuthParameters = new Dictionary<string, string>(StringComparer.Ordinal) { ["USERNAME"] = email, ["PASSWORD"] = password },
        };
        var answer = await pool.CallAsync("InitiateAuth", request, Json.InitiateAuthRequest, Json.InitiateAuthResponse, origin, ct);
        if (answer.AuthenticationResult?.AccessToken is not { } token) return null;
        var (user, problem) = await pool.FindUserAsync(token, ct);
        if (user is null) throw PoolProblems.Of(problem);
        await pool.SignOutAsync(token, answer.AuthenticationResult.RefreshToken, ct);
        return await accounts.SeeAsync(application, user.User, now, ct);
    }
}
