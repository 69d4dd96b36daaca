using Poolhouse.Core.Primitives;

namespace Poolhouse.Core.Clients;

/// <summary>One of a client's secrets. API_ClientSecretDescriptorType.</summary>
/// <param name="Id">Names it without telling it.</param>
/// <param name="Value">The secret.</param>
/// <param name="CreatedAt">When it was added.</param>
public sealed record ClientSecret(string Id, Secret Value, DateTimeOffset CreatedAt);
