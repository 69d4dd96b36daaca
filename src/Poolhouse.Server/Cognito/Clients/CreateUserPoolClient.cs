using Poolhouse.Core.Clients;
using Poolhouse.Core.Pools;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Stores;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.Clients;

/// <summary>Makes an app client. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPoolClient.html</summary>
internal sealed class CreateUserPoolClient(IDatabase database, Catalog catalog, ResourceIds ids)
    : IOperation<CreateUserPoolClientRequest, CreateUserPoolClientResponse>
{
    // Quota of Cognito: app clients per user pool.
    private const int MostClients = 1_000;

    public async ValueTask<CreateUserPoolClientResponse> HandleAsync(CreateUserPoolClientRequest request, CallContext call, CancellationToken ct)
    {
        var pool = await database.ReadAsync(stores => ConfigurationChanges.PoolAsync(stores, request.UserPoolId!, ct), ct);
        var client = ClientReading.Demanded(new AppClient
        {
            Id = ids.NewClient(),
            PoolId = pool.Id,
            Name = request.ClientName!,
            Secrets = SecretOf(request) is { } secret ? [ids.NewClientSecret(secret, call.Now)] : [],
            CreatedAt = call.Now,
            ModifiedAt = call.Now,
            Settings = ClientReading.Settings(ClientReading.Replaceable(request), pool, "creating"),
        });
        await database.WriteAsync(unit => CreateAsync(unit, client, ct), ct);
        catalog.Forget();
        return new CreateUserPoolClientResponse { UserPoolClient = ClientMapping.ToWire(client) };
    }

    private Secret? SecretOf(CreateUserPoolClientRequest request)
    {
        if (request.GenerateSecret != true) return request.ClientSecret is { } own ? new Secret(own) : null;
        return request.ClientSecret is null
            ? ids.NewSecretValue()
            : throw CognitoException.InvalidParameter("ClientSecret cannot be given when GenerateSecret is true.");
    }

    private static async ValueTask<bool> CreateAsync(IUnitOfWork unit, AppClient client, CancellationToken ct)
    {
        // Both may have changed since the pool was read.
        await ConfigurationChanges.PoolAsync(unit, client.PoolId.Value, ct);
        await ClientScopes.DemandAsync(unit, client, ct);
        if ((await unit.Clients.ListAllAsync(client.PoolId, ct)).Count >= MostClients)
            throw CognitoException.LimitExceeded($"A user pool can have at most {MostClients} clients.");
        if (!await unit.Clients.CreateAsync(client, ct)) throw new InvalidOperationException($"The new client's id {client.Id} is taken.");
        return true;
    }
}
