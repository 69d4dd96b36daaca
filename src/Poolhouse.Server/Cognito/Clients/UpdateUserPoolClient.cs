using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.Clients;

/// <summary>
/// Replaces a client's configuration: what is omitted returns to its default, name and secret excepted.
/// https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateUserPoolClient.html
/// </summary>
internal sealed class UpdateUserPoolClient(ConfigurationChanges changes) : IOperation<UpdateUserPoolClientRequest, UpdateUserPoolClientResponse>
{
    public async ValueTask<UpdateUserPoolClientResponse> HandleAsync(UpdateUserPoolClientRequest request, CallContext call, CancellationToken ct)
    {
        var changed = await changes.ChangeClientAsync(
            request.UserPoolId!,
            request.ClientId!,
            async (stores, pool, client) =>
            {
                var changed = ClientReading.Demanded(
                    client with { Name = request.ClientName ?? client.Name, Settings = ClientReading.Settings(request, pool, "updating") });
                await ClientScopes.DemandAsync(stores, changed, ct);
                return changed;
            },
            call.Now,
            ct);
        return new UpdateUserPoolClientResponse { UserPoolClient = ClientMapping.ToWire(changed) };
    }
}
