using Poolhouse.Core.Clients;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.Clients;

/// <summary>
/// Takes one of two secrets out of use at once; the last one stays.
/// https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DeleteUserPoolClientSecret.html
/// </summary>
internal sealed class DeleteUserPoolClientSecret(ConfigurationChanges changes)
    : IOperation<DeleteUserPoolClientSecretRequest, DeleteUserPoolClientSecretResponse>
{
    public async ValueTask<DeleteUserPoolClientSecretResponse> HandleAsync(DeleteUserPoolClientSecretRequest request, CallContext call, CancellationToken ct)
    {
        await changes.ChangeClientAsync(
            request.UserPoolId!, request.ClientId!, (_, _, client) => ValueTask.FromResult(Without(client, request.ClientSecretId!)), call.Now, ct);
        return new DeleteUserPoolClientSecretResponse();
    }

    private static AppClient Without(AppClient client, string id)
    {
        var left = client.Secrets.Where(secret => secret.Id != id).ToList();
        if (left.Count == client.Secrets.Count) throw CognitoException.ResourceNotFound("Client secret does not exist.");
        return left.Count > 0
            ? client with { Secrets = left }
            : throw CognitoException.InvalidParameter("The last secret of a client cannot be deleted.");
    }
}
