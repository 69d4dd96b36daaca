using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Poolhouse.Core.Clients;
using Poolhouse.Core.Groups;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Sessions;
using Poolhouse.Core.Stores;
using Poolhouse.Core.Tokens.Jose;
using Poolhouse.Core.Users;
using Poolhouse.Core.Users.Attributes;
using Poolhouse.Core.Users.Identities;

namespace Poolhouse.Core.Tokens;

/// <summary>The tokens of one answer. API_AuthenticationResultType.</summary>
/// <param name="IdToken">Who the user is.</param>
/// <param name="AccessToken">What the user may do.</param>
/// <param name="RefreshToken">For new ones; null where the present one stays.</param>
/// <param name="AccessLifetime">Of the access token.</param>
/// <param name="Scopes">Of the sign-in; a function may have given the access token others.</param>
public sealed record IssuedTokens(string IdToken, string AccessToken, string? RefreshToken, TimeSpan AccessLifetime, IReadOnlyList<string> Scopes);

/// <summary>
/// Writes ID and access tokens with Cognito's claims (user guide, "Understanding user pool JSON web tokens"; order of the access
/// token's claims observed).
/// </summary>
public sealed class TokenIssuer(PoolKeys keys, Issuer issuer, IRandom random, IDatabase database)
{
    /// <summary>The scope of tokens that did not come from an OAuth endpoint.</summary>
    public const string UserScope = "aws.cognito.signin.user.admin";

    /// <summary>The scopes of a sign-in's access tokens.</summary>
    public static IReadOnlyList<string> ScopesOf(TokenFamily family) => family.Scopes.Count > 0 ? family.Scopes : [UserScope];

    /// <summary>Both tokens for a user as it is now. A refresh keeps the family's times and ids and reads everything else anew.</summary>
    /// <param name="client">Its validities and read attributes apply.</param>
    /// <param name="user">Its attributes and groups become claims.</param>
    /// <param name="family">The sign-in the tokens descend from.</param>
    /// <param name="refreshToken">To hand out along with them, or null.</param>
    /// <param name="changes">What a function wants to be different; null where nothing.</param>
    /// <param name="now">Becomes <c>iat</c>.</param>
    /// <param name="ct">Cancellation.</param>
    /// <param name="nonce">The client's own, for the ID token (OpenID Connect Core 1.0 §2); null where it sent none.</param>
    public async ValueTask<IssuedTokens> IssueAsync(
        AppClient client,
        User user,
        TokenFamily family,
        string? refreshToken,
        TokenChanges? changes,
        DateTimeOffset now,
        CancellationToken ct,
        string? nonce = null)
    {
        var set = await keys.GetAsync(user.PoolId, ct);
        // Read here and nowhere else: checking a token or finding a user never costs a look at groups.
        var groups = await database.ReadAsync(stores => stores.Groups.ListAllOfUserAsync(user.PoolId, user.Sub, ct), ct);
        var context = new Context(client, user, family, changes?.Groups ?? GroupClaims.Of(groups), issuer.Of(user.PoolId), now);
        var access = Sign(set.Access, context, changes?.Access, static (json, c, jti) => WriteAccessToken(json, c, jti));
        if (family.Scopes.Count > 0) context = context with { Nonce = nonce, AccessHash = HashOf(access) };
        var id = Sign(set.Id, context, changes?.Id, static (json, c, jti) => WriteIdToken(json, c, jti));
        return new IssuedTokens(id, access, refreshToken, Validity.AccessToken(client.Settings), ScopesOf(family));
    }

    /// <summary>
    /// An access token for calls that the server makes in a user's name within a request, as for who came with a cookie. Not to be handed out.
    /// Signed when it is asked for: most requests make no such call.
    /// </summary>
    public async ValueTask<Lazy<string>> PrepareAccessAsync(
        AppClient client, User user, TokenFamily family, IReadOnlyList<string> groups, DateTimeOffset now, CancellationToken ct)
    {
        var set = await keys.GetAsync(user.PoolId, ct);
        var context = new Context(client, user, family, GroupClaims.None with { Names = groups }, issuer.Of(user.PoolId), now);
        return new Lazy<string>(() => Sign(set.Access, context, change: null, static (json, c, jti) => WriteAccessToken(json, c, jti)));
    }

    private string Sign(SigningKey key, Context context, TokenChange? change, Action<Utf8JsonWriter, Context, string> write)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            write(json, context, random.UuidText());
            json.WriteEndObject();
        }

        return Jwt.Sign(key, change is null ? buffer.WrittenSpan : change.Apply(buffer.WrittenMemory).Span);
    }

    private static void WriteAccessToken(Utf8JsonWriter json, Context c, string jti)
    {
        json.WriteString("sub"u8, c.User.Sub.Value);
        WriteList(json, "cognito:groups"u8, c.Groups.Names);
        if (c.Family.DeviceKey is { } device) json.WriteString("device_key"u8, device);
        json.WriteString("iss"u8, c.Issuer);
        json.WriteString("client_id"u8, c.Client.Id.Value);
        // Observed: without revocation the access token has no origin_jti, and Amplify then doesn't call RevokeToken.
        if (c.Client.Settings.EnableTokenRevocation) json.WriteString("origin_jti"u8, c.Family.OriginJti);
        json.WriteString("event_id"u8, c.Family.Id);
        json.WriteString("token_use"u8, "access"u8);
        json.WriteString("scope"u8, string.Join(' ', ScopesOf(c.Family)));
        WriteTime(json, "auth_time"u8, c.Family.AuthenticatedAt);
        WriteMethods(json, c.Family);
        // Observed: tokens of the OAuth endpoints say so.
        if (c.Family.Scopes.Count > 0) json.WriteNumber("version"u8, 2);
        WriteTime(json, "exp"u8, c.Now + Validity.AccessToken(c.Client.Settings));
        WriteTime(json, "iat"u8, c.Now);
        json.WriteString("jti"u8, jti);
        json.WriteString("username"u8, c.User.Username);
    }

    private static void WriteIdToken(Utf8JsonWriter json, Context c, string jti)
    {
        if (c.AccessHash is { } hash) json.WriteString("at_hash"u8, hash);
        json.WriteString("sub"u8, c.User.Sub.Value);
        WriteList(json, "cognito:groups"u8, c.Groups.Names);
        foreach (var (name, value) in c.User.Attributes)
            if (AttributeRules.MayRead(c.Client, name)) WriteAttribute(json, name, value);
        if (c.Groups.PreferredRole is { } role) json.WriteString("cognito:preferred_role"u8, role);
        json.WriteString("iss"u8, c.Issuer);
        json.WriteString("cognito:username"u8, c.User.Username);
        if (c.Client.Settings.EnableTokenRevocation || c.Client.Settings.Rotation is { IsEnabled: true })
            json.WriteString("origin_jti"u8, c.Family.OriginJti);
        WriteList(json, "cognito:roles"u8, c.Groups.Roles);
        json.WriteString("aud"u8, c.Client.Id.Value);
        if (c.Nonce is { } nonce) json.WriteString("nonce"u8, nonce);
        json.WriteString("event_id"u8, c.Family.Id);
        json.WriteString("token_use"u8, "id"u8);
        WriteTime(json, "auth_time"u8, c.Family.AuthenticatedAt);
        WriteMethods(json, c.Family);
        WriteTime(json, "exp"u8, c.Now + Validity.IdToken(c.Client.Settings));
        WriteTime(json, "iat"u8, c.Now);
        json.WriteString("jti"u8, jti);
    }

    private static void WriteAttribute(Utf8JsonWriter json, string name, string value)
    {
        switch (name)
        {
            case "email_verified" or "phone_number_verified":
                json.WriteBoolean(name, value is "true" or "True");
                break;
            case "address":
                // OpenID Connect Core 1.0 §5.1.1; Cognito keeps the address as one formatted text.
                json.WriteStartObject(name);
                json.WriteString("formatted"u8, value);
                json.WriteEndObject();
                break;
            case LinkedIdentity.Attribute:
                // An array, not the attribute's text (user guide, "Understanding the identity (ID) token").
                json.WritePropertyName(name);
                json.WriteRawValue(value);
                break;
            case "updated_at" when long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds):
                json.WriteNumber(name, seconds);
                break;
            default:
                // The server's own claims can't be shadowed: attribute names are the schema's, none of which is a reserved claim.
                json.WriteString(name, value);
                break;
        }
    }

    // A claim of an empty list is omitted (user guide, example tokens).
    private static void WriteList(Utf8JsonWriter json, ReadOnlySpan<byte> name, IReadOnlyList<string> values)
    {
        if (values.Count == 0) return;
        json.WriteStartArray(name);
        foreach (var value in values) json.WriteStringValue(value);
        json.WriteEndArray();
    }

    // User guide, "Authentication levels with ACR and AMR claims": in both tokens, and the same after every refresh.
    private static void WriteMethods(Utf8JsonWriter json, TokenFamily family)
    {
        if (family.Acr is { } acr) json.WriteString("acr"u8, acr);
        WriteList(json, "amr"u8, family.Amr);
    }

    private static void WriteTime(Utf8JsonWriter json, ReadOnlySpan<byte> name, DateTimeOffset time) =>
        json.WriteNumber(name, time.ToUnixTimeSeconds());

    // OpenID Connect Core 1.0 §3.1.3.6: the left half of the hash that RS256 is made with.
    private static string HashOf(string accessToken) => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(accessToken)).AsSpan(0, 16));

    private sealed record Context(AppClient Client, User User, TokenFamily Family, GroupClaims Groups, string Issuer, DateTimeOffset Now)
    {
        public string? Nonce { get; init; }

        public string? AccessHash { get; init; }
    }
}
