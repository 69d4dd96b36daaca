using Poolhouse.Core.Primitives;

namespace Poolhouse.Core.Accounts;

/// <summary>How a pool that Amazon runs is reached.</summary>
/// <param name="Endpoint">Where its operations are called.</param>
/// <param name="Issuer">The <c>iss</c> of its tokens, letter by letter; its keys are published below it.</param>
/// <param name="ClientSecret">Of the client that the account API signs in with; null where it has none.</param>
/// <param name="FeltWithin">How long the pool's word on an access token is believed: within it a sign-out at Amazon itself is not felt yet.</param>
/// <param name="Budget">For one call with everything that is repeated.</param>
public sealed record AmazonPool(Uri Endpoint, string Issuer, Secret? ClientSecret, TimeSpan FeltWithin, TimeSpan Budget);
