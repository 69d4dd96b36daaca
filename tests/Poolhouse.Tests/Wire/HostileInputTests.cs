using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using Poolhouse.Protocol;
using Poolhouse.Protocol.CognitoIdentity;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Cognito;
using Poolhouse.Server.CognitoIdentity;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Wire;

/// <summary>Whatever is sent, the answer is the protocol's: an error that the operation has, never a 5xx, and in time.</summary>
public sealed class HostileInputTests(HostileScene scene) : IClassFixture<HostileScene>
{
    private const int AtOnce = 8;

    /// <summary>Tells operations of the identity service from others of the same name.</summary>
    private const string Identity = "identity/";

    private static readonly byte[] TenMegabytes = Encoding.UTF8.GetBytes($$"""{"Ignored":"{{new string('a', 10 * 1024 * 1024)}}"}""");

    /// <summary>Errors that every operation of an AWS service has, whatever its model says.</summary>
    private static readonly HashSet<string> Common = new(StringComparer.Ordinal)
    {
        "InvalidParameterException", "MissingAuthenticationTokenException", "NotAuthorizedException", "RequestEntityTooLargeException",
        "ResourceNotFoundException", "SerializationException", "TooManyRequestsException",
    };

    /// <summary>Every operation that has a handler, the next one too.</summary>
    public static TheoryData<string> Handled => [.. Operations.Table.Rows.Select(r => r.Name), .. IdentityOperations.Table.Rows.Select(r => Identity + r.Name)];

    /// <summary>The garbage that stands for tokens, sessions, codes and cursors.</summary>
    private static IEnumerable<string> Garbage =>
    [
        "x", "null", "....", ".", "a.b.c", "a.b.c.d.e", "eyJhbGciOiJub25lIn0.e30.", "eyJhbGciOiJub25lIn0..", "!!!", "AAAA", "====", "%2e%2e", "\u00ff", "漢字", "-1", "00", "+++///",
        .. new[] { 19, 20, 21, 63, 64, 127, 128, 1000, 1024, 1025, 2047, 2048, 2049, 4096, 4097, 8192, 32_768, 32_769, 65_536 }.SelectMany(n => (string[])[new string('A', n), new string('-', n)]),
    ];

    [Theory]
    [MemberData(nameof(Handled))]
    public async Task Every_member_with_everything_it_should_not_be(string operation)
    {
        var model = ModelOf(operation);

        var wrong = await JudgeAsync(model, new HostileCases(scene, model).All());

        wrong.ShouldBeEmpty(Told(wrong));
    }

    [Theory]
    [MemberData(nameof(Handled))]
    public async Task Ten_megabytes(string operation)
    {
        var answer = await Signed(ModelOf(operation), TenMegabytes).AnswerAsync(scene.World);

        answer.Status.ShouldBe(413);
        answer.Type.ShouldBe("RequestEntityTooLargeException");
    }

    [Theory]
    [MemberData(nameof(Handled))]
    public async Task Garbage_for_whatever_is_opaque(string operation)
    {
        var model = ModelOf(operation);
        var opaque = model.Input.Members.Where(m => m.Shape is StringShape { Values.Count: 0 }).Select(m => m.Name).ToArray();
        var cases = opaque.SelectMany(name => Garbage.Append(scene.Bob.Id).Append(scene.Bob.Access + "x").Append(scene.Bob.Refresh![..^2]).Select(text =>
        {
            var request = scene.Base(model);
            request[name] = text;
            return new HostileCase($"{name} = {text[..Math.Min(30, text.Length)]}…{text.Length}", request.ToJsonString(), Expected.Anything);
        }));

        var wrong = await JudgeAsync(model, cases);

        wrong.ShouldBeEmpty(Told(wrong));
    }

    [Theory]
    [InlineData("InitiateAuth", "USER_PASSWORD_AUTH")]
    [InlineData("InitiateAuth", "USER_SRP_AUTH")]
    [InlineData("InitiateAuth", "USER_AUTH")]
    [InlineData("InitiateAuth", "REFRESH_TOKEN_AUTH")]
    [InlineData("InitiateAuth", "REFRESH_TOKEN")]
    [InlineData("InitiateAuth", "CUSTOM_AUTH")]
    [InlineData("AdminInitiateAuth", "ADMIN_USER_PASSWORD_AUTH")]
    [InlineData("AdminInitiateAuth", "USER_SRP_AUTH")]
    public async Task Garbage_for_the_parameters_of_a_flow(string operation, string flow)
    {
        var model = CognitoIdpModel.Operations[operation];
        var right = new JsonObject
        {
            ["USERNAME"] = "bob", ["PASSWORD"] = TestPool.Password, ["SRP_A"] = "abcdef", ["REFRESH_TOKEN"] = scene.Bob.Refresh, ["PREFERRED_CHALLENGE"] = "PASSWORD_SRP",
            ["SECRET_HASH"] = "AAAA", ["DEVICE_KEY"] = "us-east-1_x", ["CHALLENGE_NAME"] = "SRP_A",
        };

        var wrong = await JudgeAsync(model, Replaced(model, "AuthParameters", right, r => r["AuthFlow"] = flow));

        wrong.ShouldBeEmpty(Told(wrong));
    }

    [Theory]
    [InlineData("PASSWORD_VERIFIER")]
    [InlineData("NEW_PASSWORD_REQUIRED")]
    [InlineData("SELECT_CHALLENGE")]
    [InlineData("PASSWORD")]
    [InlineData("PASSWORD_SRP")]
    [InlineData("SOFTWARE_TOKEN_MFA")]
    [InlineData("DEVICE_SRP_AUTH")]
    [InlineData("DEVICE_PASSWORD_VERIFIER")]
    public async Task Garbage_for_the_answers_to_a_challenge(string challenge)
    {
        var model = CognitoIdpModel.Operations["RespondToAuthChallenge"];
        var right = await scene.ProofAsync();
        right["USERNAME"] = "bob";
        right["NEW_PASSWORD"] = "Another-horse-2";
        right["ANSWER"] = "PASSWORD_SRP";
        right["PASSWORD"] = TestPool.Password;
        right["SRP_A"] = "abcdef";
        right["userAttributes.email"] = "x";
        right["userAttributes."] = "x";
        right["DEVICE_KEY"] = "us-east-1_0";

        var wrong = await JudgeAsync(model, Replaced(model, "ChallengeResponses", right, r => r["ChallengeName"] = challenge));

        wrong.ShouldBeEmpty(Told(wrong));
    }

    [Fact]
    public async Task Strange_filters_of_ListUsers()
    {
        var model = CognitoIdpModel.Operations["ListUsers"];
        string[] names = ["username", "email", "phone_number", "name", "given_name", "family_name", "preferred_username", "cognito:user_status", "status", "sub", "custom:x", "password", "pool_id", "EMAIL", ""];
        string[] operators = ["=", "^=", "!=", "~", "like", "", "==", "= =", "^ ="];
        string[] values =
        [
            "\"bob\"", "\"\"", "\"%\"", "\"_\"", "\"\\\"\"", "\"\\\\\"", "\"'\"", "\"' or 1=1 --\"", "bob", "\"bob", "bob\"", "\"bob\" and email = \"x\"", "\"\u202e\"", "\"👩‍👩‍👧\"", "\"\uffff\"",
            "\"Enabled\"", "\"CONFIRMED\"", "\"" + new string('a', 200) + "\"", "\"*\"", "\"[a-z]\"", "\"\\u0041\"", "null", "1",
        ];
        var filters = names.SelectMany(n => operators.SelectMany(o => values.Select(v => $"{n} {o} {v}")))
            .Concat([" ", "\"", "=", "^=", new string('(', 256), new string('"', 256), new string('\\', 256)]);

        var wrong = await JudgeAsync(model, filters.Where(f => f.Length <= 256).Select(filter =>
            new HostileCase(filter, new JsonObject { ["UserPoolId"] = scene.Pool.Id, ["Filter"] = filter }.ToJsonString(), Expected.Anything)));

        wrong.ShouldBeEmpty(Told(wrong));
    }

    private static OperationModel ModelOf(string operation) => operation.StartsWith(Identity, StringComparison.Ordinal)
        ? CognitoIdentityModel.Operations[operation[Identity.Length..]]
        : CognitoIdpModel.Operations[operation];

    private static bool IsIdentity(OperationModel model) => CognitoIdentityModel.Operations.GetValueOrDefault(model.Name) == model;

    private static RawCall Signed(OperationModel model, byte[] body) => new(model.Name, body)
    {
        Service = IsIdentity(model) ? CognitoIdentityModel.TargetPrefix : CognitoIdpModel.TargetPrefix,
        Authorization = "AWS4-HMAC-SHA256 Credential=AKIATEST/20260101/us-east-1/cognito-idp/aws4_request, SignedHeaders=host;x-amz-date, Signature=00",
        Date = "20260101T000000Z",
    };

    private IEnumerable<HostileCase> Replaced(OperationModel model, string member, JsonObject right, Action<JsonObject> adjust)
    {
        foreach (var key in right.Select(p => p.Key).ToArray())
        {
            foreach (var text in Garbage.Append("").Append(scene.Bob.Access).Append(scene.Bob.Refresh![..^2]))
            {
                var parameters = right.DeepClone().AsObject();
                parameters[key] = text;
                var request = scene.Base(model);
                request[member] = parameters;
                request.Remove("Session");
                adjust(request);
                yield return new HostileCase($"{key} = {text[..Math.Min(30, text.Length)]}…{text.Length}", request.ToJsonString(), Expected.Anything);
            }
        }
    }

    private async Task<List<string>> JudgeAsync(OperationModel model, IEnumerable<HostileCase> cases)
    {
        // Of operations newer than the model nobody has written down which errors they have; then any error of the service will do.
        var known = model.Errors.Count > 0 ? model.Errors : CognitoIdpModel.Operations.Values.SelectMany(o => o.Errors);
        var allowed = Common.Union(known).Except(["InternalErrorException"]).ToHashSet();
        if (IsIdentity(model)) allowed.Add("ValidationException");
        var wrong = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(cases, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (hostile, _) =>
        {
            try
            {
                var answer = await Signed(model, Encoding.UTF8.GetBytes(hostile.Body)).AnswerAsync(scene.World);
                if (Problem(answer, hostile.Expected, allowed, IsIdentity(model)) is { } problem) wrong.Add($"{model.Name} {hostile.What}: {problem}");
            }
            catch (OperationCanceledException)
            {
                wrong.Add($"{model.Name} {hostile.What}: no answer within ten seconds");
            }
        });
        return [.. wrong.Order(StringComparer.Ordinal)];
    }

    private static string? Problem(Answer answer, Expected expected, HashSet<string> allowed, bool isIdentity)
    {
        var told = $"{answer.Status} {answer.Text[..Math.Min(200, answer.Text.Length)]}";
        if (answer.Status >= 500) return told;
        if (answer.Status == 200) return expected == Expected.Anything ? null : $"{told}, not {expected}";
        if (answer.Status is not (400 or 413) || answer.Type is not { } type || !allowed.Contains(type)) return told;
        var wanted = isIdentity && expected == Expected.InvalidParameter ? "ValidationException" : expected + "Exception";
        return expected == Expected.Anything || type == wanted ? null : $"{told}, not {expected}";
    }

    private static string Told(List<string> wrong) => $"{wrong.Count} wrong:\n{string.Join('\n', wrong.Take(40))}";
}
