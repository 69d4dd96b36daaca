using Poolhouse.Core.Clients;
using Poolhouse.Core.Primitives;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.Clients;

/// <summary>
/// Gives a client a second secret, so that the first can be taken out of use without a pause. A secret of the caller's own is not
/// told back. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AddUserPoolClientSecret.html
/// </summary>
internal sealed class AddUserPoolClientSecret(ConfigurationChanges changes, ResourceIds ids)
    : IOperation<AddUserPoolClientSecretRequest, AddUserPoolClientSecretResponse>
{
    public async ValueTask<AddUserPoolClientSecretResponse> HandleAsync(AddUserPoolClientSecretRequest request, CallContext call, CancellationToken ct)
    {
        var value = request.ClientSecret is { } own ? new Secret(own) : ids.NewSecretValue();
        var secret = ids.NewClientSecret(value, call.Now);
        await changes.ChangeClientAsync(request.UserPoolId!, request.ClientId!, (_, _, client) => ValueTask.FromResult(With(client, secret)), call.Now, ct);
        return new AddUserPoolClientSecretResponse
        {
            ClientSecretDescriptor = ClientMapping.ToWire(secret) with { ClientSecretValue = request.ClientSecret is null ? value.Reveal() : null },
        };
    }

    private static AppClient With(AppClient client, ClientSecret secret)
    {
        // A client that needed no proof would shut out everybody who uses it.
        if (!client.IsConfidential) throw CognitoException.InvalidParameter("A secret can be added only to a client that has one.");
        if (client.Secrets.Count >= AppClient.MostSecrets)
            throw CognitoException.LimitExceeded($"A user pool client can have at most {AppClient.MostSecrets} secrets.");
        // Deleting one of two equal secrets would leave it in use.
        if (client.Secrets[0].Value.Matches(secret.Value.Reveal())) throw CognitoException.InvalidParameter("The client already has this secret.");
        return client with { Secrets = [.. client.Secrets, secret] };
    }
}
