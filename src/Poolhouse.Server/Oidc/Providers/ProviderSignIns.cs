using Poolhouse.Core.Clients;
using Poolhouse.Core.Documents;
using Poolhouse.Core.Federation;
using Poolhouse.Core.Pools;
using Poolhouse.Core.Stores;
using Poolhouse.Core.Tokens;
using Poolhouse.Core.Triggers;
using Poolhouse.Core.Users;

namespace Poolhouse.Server.Oidc.Providers;

/// <summary>The second half of a sign-in at an identity provider: from its answer to the pool's user.</summary>
internal sealed class ProviderSignIns(IDatabase database, ProviderClient providers, FederatedUsers users, UserTriggers triggers, Issuer issuer, TimeProvider clock)
{
    /// <summary>The address that every provider has to be told.</summary>
    public static string Callback(Issuer issuer) => issuer.PublicUrl + "/oauth2/idpresponse";

    /// <summary>Who signed in. The state is used up, whatever comes of it.</summary>
    /// <param name="parameters">What the browser brought.</param>
    /// <param name="state">What was begun in this browser.</param>
    /// <param name="client">The client that began.</param>
    /// <param name="pool">Its pool.</param>
    /// <param name="ct">Cancellation.</param>
    /// <exception cref="OAuthException">The provider refused, can't be believed, or the pool won't have the person.</exception>
    public async ValueTask<User> FinishAsync(OAuthParameters parameters, FederationState state, AppClient client, UserPool pool, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var end = DateTimeOffset.FromUnixTimeMilliseconds(state.ExpiresAt);
        if (end <= now) throw OAuthException.InvalidRequest("The sign-in took too long. Begin again.");
        if (!await database.WriteAsync(unit => unit.Spent.SpendAsync(state.Id, end, ct), ct)) throw OAuthException.InvalidRequest("The sign-in was finished before. Begin again.");
        if (parameters["error"] is { } refused)
            throw new OAuthException(refused == "access_denied" ? refused : "invalid_request", $"{state.Provider} Error - {parameters["error_description"] ?? refused}");
        if (parameters["code"] is not { } code) throw OAuthException.InvalidRequest($"{state.Provider} Error - no code");
        // As it is now: a provider may have been taken from the pool or the client since.
        var document = await database.ReadAsync(stores => stores.Documents.FindAsync(pool.Id, DocumentKind.IdentityProvider, state.Provider, ct), ct);
        if (document is null || client.Settings.SupportedIdentityProviders?.Contains(state.Provider) != true)
            throw OAuthException.InvalidRequest("The identity provider is not one of the client's.");

        var answer = await providers.RedeemAsync(ProviderDetails.Of(document), state, code, Callback(issuer), ct);
        var origin = new TriggerOrigin(client.Id);
        var met = await users.MeetAsync(pool, document, answer, origin, now, ct);
        if (met.Refusal is { } refusal) throw OAuthRefusals.OfSignIn(refusal);
        return await triggers.PostAuthenticationAsync(pool, met.Value, newDeviceUsed: false, origin, ct) is { } objection ? throw OAuthRefusals.OfSignIn(objection) : met.Value;
    }
}
