using System.Text.Json;
using Poolhouse.Core.Clients;
using Poolhouse.Core.Pools;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Sealing;
using Poolhouse.Core.SignIn;
using Poolhouse.Core.Stores;
using Poolhouse.Core.Users;

namespace Poolhouse.Core.Passkeys;

/// <summary>What a registration remembers between its two calls.</summary>
/// <param name="Id">A UUID; spent by the call that completes.</param>
/// <param name="ClientId">Whose access token began it.</param>
/// <param name="RelyingPartyId">What the authenticator was told.</param>
/// <param name="ExpiresAt">Milliseconds since 1970.</param>
internal sealed record RegistrationState(string Id, string ClientId, string RelyingPartyId, long ExpiresAt);

/// <summary>
/// Registers passkeys: StartWebAuthnRegistration and CompleteWebAuthnRegistration. The second call brings nothing of the first but
/// the credential, and in it the challenge; so the challenge is the state itself, sealed for its user. It can't be guessed, since
/// sealing draws a nonce, and it is spent in the transaction that stores the passkey.
/// </summary>
public sealed class PasskeyRegistrations(IDatabase database, Sealer sealer, UserChanges changes, IRandom random)
{
    /// <summary>How many a user may have (user guide, "Passkey sign-in").</summary>
    public const int MostPerUser = 20;

    // Not documented; what WebAuthn L3 §15.1 recommends as the most that a browser waits.
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    /// <summary>What to ask the browser: CredentialCreationOptions as JSON.</summary>
    public async ValueTask<Outcome<string>> StartAsync(UserPool pool, AppClient client, User user, DateTimeOffset now, CancellationToken ct)
    {
        if (PasskeyRules.WhyNot(pool) is { } problem) return new Refusal.Passkey(problem);
        var relyingParty = pool.Settings.Passkeys!.RelyingPartyId!;
        var known = await database.ReadAsync(stores => stores.Passkeys.ListAsync(pool.Id, user.Sub, ct), ct);
        if (known.Count >= MostPerUser) return new Refusal.Passkey(PasskeyProblem.TooMany);
        var state = new RegistrationState(random.UuidText(), client.Id.Value, relyingParty, (now + Lifetime).ToUnixTimeMilliseconds());
        var challenge = sealer.Seal(
            JsonSerializer.SerializeToUtf8Bytes(state, SignInJson.Default.RegistrationState), SealPurpose.PasskeyRegistration, SealContext.Of(pool.Id, user.Sub));
        return PasskeyOptions.Creation(pool, relyingParty, user, challenge, Lifetime, [.. known.Where(p => p.RelyingPartyId == relyingParty)]);
    }

    /// <summary>Judges what the browser answered, and stores the passkey.</summary>
    public async ValueTask<Outcome<User>> CompleteAsync(
        UserPool pool, AppClient client, User user, JsonElement credential, DateTimeOffset now, CancellationToken ct)
    {
        if (PasskeyRules.WhyNot(pool) is { } disabled) return new Refusal.Passkey(disabled);
        if (CredentialJson.TryReadRegistration(credential) is not { } answer || ClientData.TryRead(answer.ClientDataJson) is not { } said)
            return new Refusal.Passkey(PasskeyProblem.Malformed);
        if (Open(pool, user, said.Challenge, now) is not { } state) return new Refusal.Passkey(PasskeyProblem.ChallengeNotFound);
        if (state.ClientId != client.Id.Value) return new Refusal.Passkey(PasskeyProblem.ClientMismatch);
        var settings = pool.Settings.Passkeys!;
        if (state.RelyingPartyId != settings.RelyingPartyId) return new Refusal.Passkey(PasskeyProblem.RelyingPartyMismatch);
        if (AttestationObject.TryReadData(answer.AttestationObject) is not { } data) return new Refusal.Passkey(PasskeyProblem.NotSupported);
        if (Ceremony.WhyNotRegistered(said, data, settings.RelyingPartyId!, settings.DemandsVerification) is { } problem) return new Refusal.Passkey(problem);
        // The id outside is the browser's word, the one inside the authenticator's.
        if (!System.Buffers.Text.Base64Url.EncodeToString(data.CredentialId).Equals(answer.Id, StringComparison.Ordinal)) return new Refusal.Passkey(PasskeyProblem.Malformed);
        return await StoreAsync(pool, user, state, Made(pool, user, answer, data, now), now, ct);
    }

    private RegistrationState? Open(UserPool pool, User user, byte[] challenge, DateTimeOffset now)
    {
        if (!sealer.TryOpen(challenge, SealPurpose.PasskeyRegistration, SealContext.Of(pool.Id, user.Sub), out var clear)) return null;
        var state = JsonSerializer.Deserialize(clear, SignInJson.Default.RegistrationState)!;
        return state.ExpiresAt > now.ToUnixTimeMilliseconds() ? state : null;
    }

    private static Passkey Made(UserPool pool, User user, CredentialJson answer, AuthenticatorData data, DateTimeOffset now) => new()
    {
        PoolId = pool.Id,
        Sub = user.Sub,
        Id = answer.Id,
        RelyingPartyId = pool.Settings.Passkeys!.RelyingPartyId!,
        PublicKey = data.PublicKey!,
        SignCount = data.SignCount,
        IsBackupEligible = data.IsBackupEligible,
        FriendlyName = PasskeyNames.Of(data.Aaguid, answer.Attachment),
        Attachment = answer.Attachment,
        Transports = answer.Transports,
        CreatedAt = now,
    };

    // As a change of the user: of two registrations at once the second counts again, so nobody slips past the limit.
    private ValueTask<Outcome<User>> StoreAsync(UserPool pool, User user, RegistrationState state, Passkey passkey, DateTimeOffset now, CancellationToken ct) =>
        changes.ChangeAsync(
            pool,
            user.Sub,
            async (unit, fresh) =>
            {
                if (!await unit.Spent.SpendAsync(state.Id, DateTimeOffset.FromUnixTimeMilliseconds(state.ExpiresAt), ct)) return new Refusal.Passkey(PasskeyProblem.ChallengeNotFound);
                if ((await unit.Passkeys.ListAsync(pool.Id, fresh.Sub, ct)).Count >= MostPerUser) return new Refusal.Passkey(PasskeyProblem.TooMany);
                return await unit.Passkeys.CreateAsync(passkey, ct) ? fresh : new Refusal.Passkey(PasskeyProblem.Registered);
            },
            now,
            takesAliases: false,
            ct);
}
