using System.Text.Json.Serialization;
using Poolhouse.Protocol;
using Poolhouse.Protocol.CognitoIdentity;
using Poolhouse.Protocol.CognitoIdp;

namespace Poolhouse.Tests.Protocol;

public sealed class OperationModelTests
{
    public static TheoryData<string> IdpOperations => [.. CognitoIdpModel.Operations.Keys.Order(StringComparer.Ordinal)];

    public static TheoryData<string> IdentityOperations => [.. CognitoIdentityModel.Operations.Keys.Order(StringComparer.Ordinal)];

    [Theory]
    [InlineData(Authorization.Public, 10)]
    [InlineData(Authorization.AccessToken, 24)]
    [InlineData(Authorization.SigV4, 105)]
    [InlineData(Authorization.SigV4OrPublic, 1)]
    public void User_pools_have_so_many_operations_of_each_kind(Authorization authorization, int count) =>
        CognitoIdpModel.Operations.Values.Count(o => o.Authorization == authorization).ShouldBe(count);

    [Fact]
    public void Four_operations_of_identity_pools_are_public_and_the_rest_are_signed()
    {
        var operations = CognitoIdentityModel.Operations.Values;

        var open = operations.Where(o => o.Authorization != Authorization.SigV4).ToList();

        operations.Count().ShouldBe(23);
        open.ShouldAllBe(o => o.Authorization == Authorization.Public);
        open.Select(o => o.Name).Order(StringComparer.Ordinal).ShouldBe(["GetCredentialsForIdentity", "GetId", "GetOpenIdToken", "UnlinkIdentity"]);
    }

    [Fact]
    public void Operations_that_answer_no_body_have_no_output()
    {
        var silent = CognitoIdpModel.Operations.Values.Where(o => !o.HasOutput).Select(o => o.Name);

        silent.ShouldBeSubsetOf(CognitoIdpModel.Operations.Keys);
        silent.ShouldContain("DeleteUser");
        silent.ShouldNotContain("GlobalSignOut");
    }

    [Theory]
    [MemberData(nameof(IdpOperations))]
    public void An_empty_request_deserializes(string operation) =>
        AnEmptyRequestDeserializes(CognitoIdpJson.Instance, $"Poolhouse.Protocol.CognitoIdp.{operation}Request", CognitoIdpModel.Operations[operation]);

    [Theory]
    [MemberData(nameof(IdentityOperations))]
    public void An_empty_input_deserializes(string operation)
    {
        // The one operation that takes what it answers.
        var name = operation == "UpdateIdentityPool" ? "IdentityPool" : $"{operation}Input";

        AnEmptyRequestDeserializes(CognitoIdentityJson.Instance, $"Poolhouse.Protocol.CognitoIdentity.{name}", CognitoIdentityModel.Operations[operation]);
    }

    [Fact]
    public void Every_request_with_an_access_token_shows_it()
    {
        var operations = CognitoIdpModel.Operations.Values.Where(o => o.Input.Members.Any(m => m.Name == "AccessToken"));

        var types = operations.Select(o => typeof(CognitoIdpModel).Assembly.GetType($"Poolhouse.Protocol.CognitoIdp.{o.Name}Request"));

        types.ShouldAllBe(t => t!.IsAssignableTo(typeof(IAccessTokenRequest)));
    }

    private static void AnEmptyRequestDeserializes(JsonSerializerContext context, string typeName, OperationModel operation)
    {
        var type = typeof(OperationModel).Assembly.GetType(typeName).ShouldNotBeNull();
        var info = context.GetTypeInfo(type).ShouldNotBeNull();

        var request = System.Text.Json.JsonSerializer.Deserialize("{}", info);

        request.ShouldNotBeNull();
        operation.Input.Members.Select(m => m.Name).Order(StringComparer.Ordinal)
            .ShouldBe(info.Properties.Select(p => p.Name).Order(StringComparer.Ordinal));
    }
}
