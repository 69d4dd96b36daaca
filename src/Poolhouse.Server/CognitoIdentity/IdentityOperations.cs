using Poolhouse.Protocol.CognitoIdentity;
using Poolhouse.Server.CognitoIdentity.Developers;
using Poolhouse.Server.CognitoIdentity.Identities;
using Poolhouse.Server.CognitoIdentity.IdentityPools;
using Poolhouse.Server.CognitoIdentity.PrincipalTagMaps;
using Poolhouse.Server.CognitoIdentity.Roles;
using Poolhouse.Server.CognitoIdentity.Tags;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.CognitoIdentity;

/// <summary>The one table of what <c>cognito-identity</c> can do here; docs/operations.md is made from it. Sorted by name.</summary>
internal static class IdentityOperations
{
    private static readonly CognitoIdentityJson Json = CognitoIdentityJson.Instance;

    public static OperationTable Table { get; } = new(
        CognitoIdentityModel.TargetPrefix,
        "cognito-identity",
        CognitoIdentityModel.Operations,
        [
            OperationRow.Of<CreateIdentityPool, CreateIdentityPoolInput, IdentityPool>(Json.CreateIdentityPoolInput, Json.IdentityPool),
            OperationRow.Of<DeleteIdentities, DeleteIdentitiesInput, DeleteIdentitiesResponse>(Json.DeleteIdentitiesInput, Json.DeleteIdentitiesResponse),
            OperationRow.Of<DeleteIdentityPool, DeleteIdentityPoolInput>(Json.DeleteIdentityPoolInput),
            OperationRow.Of<DescribeIdentity, DescribeIdentityInput, IdentityDescription>(Json.DescribeIdentityInput, Json.IdentityDescription),
            OperationRow.Of<DescribeIdentityPool, DescribeIdentityPoolInput, IdentityPool>(Json.DescribeIdentityPoolInput, Json.IdentityPool),
            OperationRow.Of<GetCredentialsForIdentity, GetCredentialsForIdentityInput, GetCredentialsForIdentityResponse>(Json.GetCredentialsForIdentityInput, Json.GetCredentialsForIdentityResponse),
            OperationRow.Of<GetId, GetIdInput, GetIdResponse>(Json.GetIdInput, Json.GetIdResponse),
            OperationRow.Of<GetIdentityPoolRoles, GetIdentityPoolRolesInput, GetIdentityPoolRolesResponse>(Json.GetIdentityPoolRolesInput, Json.GetIdentityPoolRolesResponse),
            OperationRow.Of<GetOpenIdToken, GetOpenIdTokenInput, GetOpenIdTokenResponse>(Json.GetOpenIdTokenInput, Json.GetOpenIdTokenResponse),
            OperationRow.Of<GetOpenIdTokenForDeveloperIdentity, GetOpenIdTokenForDeveloperIdentityInput, GetOpenIdTokenForDeveloperIdentityResponse>(Json.GetOpenIdTokenForDeveloperIdentityInput, Json.GetOpenIdTokenForDeveloperIdentityResponse),
            OperationRow.Of<GetPrincipalTagAttributeMap, GetPrincipalTagAttributeMapInput, GetPrincipalTagAttributeMapResponse>(Json.GetPrincipalTagAttributeMapInput, Json.GetPrincipalTagAttributeMapResponse),
            OperationRow.Of<ListIdentities, ListIdentitiesInput, ListIdentitiesResponse>(Json.ListIdentitiesInput, Json.ListIdentitiesResponse),
            OperationRow.Of<ListIdentityPools, ListIdentityPoolsInput, ListIdentityPoolsResponse>(Json.ListIdentityPoolsInput, Json.ListIdentityPoolsResponse),
            OperationRow.Of<ListTagsForResource, ListTagsForResourceInput, ListTagsForResourceResponse>(Json.ListTagsForResourceInput, Json.ListTagsForResourceResponse),
            OperationRow.Of<LookupDeveloperIdentity, LookupDeveloperIdentityInput, LookupDeveloperIdentityResponse>(Json.LookupDeveloperIdentityInput, Json.LookupDeveloperIdentityResponse),
            OperationRow.Of<MergeDeveloperIdentities, MergeDeveloperIdentitiesInput, MergeDeveloperIdentitiesResponse>(Json.MergeDeveloperIdentitiesInput, Json.MergeDeveloperIdentitiesResponse),
            OperationRow.Of<SetIdentityPoolRoles, SetIdentityPoolRolesInput>(Json.SetIdentityPoolRolesInput),
            OperationRow.Of<SetPrincipalTagAttributeMap, SetPrincipalTagAttributeMapInput, SetPrincipalTagAttributeMapResponse>(Json.SetPrincipalTagAttributeMapInput, Json.SetPrincipalTagAttributeMapResponse),
            OperationRow.Of<TagResource, TagResourceInput, TagResourceResponse>(Json.TagResourceInput, Json.TagResourceResponse),
            OperationRow.Of<UnlinkDeveloperIdentity, UnlinkDeveloperIdentityInput>(Json.UnlinkDeveloperIdentityInput),
            OperationRow.Of<UnlinkIdentity, UnlinkIdentityInput>(Json.UnlinkIdentityInput),
            OperationRow.Of<UntagResource, UntagResourceInput, UntagResourceResponse>(Json.UntagResourceInput, Json.UntagResourceResponse),
            OperationRow.Of<UpdateIdentityPool, IdentityPool, IdentityPool>(Json.IdentityPool, Json.IdentityPool),
        ])
    {
        // Observed, unlike cognito-idp's InvalidParameterException.
        Violation = CognitoException.Validation,
    };
}
