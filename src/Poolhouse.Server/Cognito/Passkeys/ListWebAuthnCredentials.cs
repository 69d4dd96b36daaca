using System.Globalization;
using Poolhouse.Core.Passkeys;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.Passkeys;

/// <summary>
/// The caller's passkeys, the oldest first. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListWebAuthnCredentials.html
/// </summary>
internal sealed class ListWebAuthnCredentials(UserPasskeys passkeys, PageTokens tokens)
    : IOperation<ListWebAuthnCredentialsRequest, ListWebAuthnCredentialsResponse>
{
    public async ValueTask<ListWebAuthnCredentialsResponse> HandleAsync(ListWebAuthnCredentialsRequest request, CallContext call, CancellationToken ct)
    {
        var (pool, _, user, _) = call.Caller;
        var limit = Math.Min(PageSize.Of(request.MaxResults, "maxResults"), PasskeyRegistrations.MostPerUser);
        var after = tokens.Open(request.NextToken, nameof(ListWebAuthnCredentials), pool.Id.Value, user.Sub.Value);
        // Nobody has more than a page or two, so pages are cut here.
        var rest = (await passkeys.ListAsync(user, ct)).Where(p => after is null || string.CompareOrdinal(KeyOf(p), after) > 0).Take(limit + 1).ToList();
        var page = rest.Take(limit).ToList();
        return new ListWebAuthnCredentialsResponse
        {
            Credentials = [.. page.Select(Describe)],
            NextToken = rest.Count > limit ? tokens.Seal(KeyOf(page[^1]), nameof(ListWebAuthnCredentials), pool.Id.Value, user.Sub.Value) : null,
        };
    }

    // In the store's order: by time, then by id.
    private static string KeyOf(Passkey passkey) =>
        passkey.CreatedAt.ToUnixTimeMilliseconds().ToString("D15", CultureInfo.InvariantCulture) + passkey.Id;

    private static WebAuthnCredentialDescription Describe(Passkey passkey) => new()
    {
        CredentialId = passkey.Id,
        FriendlyCredentialName = passkey.FriendlyName,
        RelyingPartyId = passkey.RelyingPartyId,
        AuthenticatorAttachment = passkey.Attachment,
        AuthenticatorTransports = passkey.Transports,
        CreatedAt = passkey.CreatedAt,
    };
}
