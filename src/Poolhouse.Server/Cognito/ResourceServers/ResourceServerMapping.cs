using Poolhouse.Core.Documents;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.ResourceServers;

/// <summary>Resource servers between Core and the wire. Their scopes are for the OAuth endpoints.</summary>
internal static class ResourceServerMapping
{
    /// <summary>API_ResourceServerType.</summary>
    public static ResourceServerType ToWire(Document document)
    {
        var server = DocumentTypes.ResourceServer.Read(document);
        return new ResourceServerType
        {
            UserPoolId = document.PoolId.Value,
            Identifier = document.Key,
            Name = server.Name,
            Scopes = [.. server.Scopes.Select(s => new ResourceServerScopeType { ScopeName = s.Name, ScopeDescription = s.Description })],
        };
    }

    /// <summary>What a request asks for; omitted scopes are none.</summary>
    public static ResourceServer Read(string name, IReadOnlyList<ResourceServerScopeType>? scopes)
    {
        var list = (scopes ?? []).Select(s => new ResourceScope(s.ScopeName!, s.ScopeDescription!)).ToList();
        var twice = list.GroupBy(s => s.Name, StringComparer.Ordinal).FirstOrDefault(g => g.Skip(1).Any());
        return twice is null
            ? new ResourceServer(name, list)
            : throw CognitoException.InvalidParameter($"The scope {twice.Key} is given more than once.");
    }

    /// <summary>The error for a resource server that isn't there.</summary>
    public static CognitoException NotFound(string identifier) => CognitoException.ResourceNotFound($"Resource server {identifier} does not exist.");
}
