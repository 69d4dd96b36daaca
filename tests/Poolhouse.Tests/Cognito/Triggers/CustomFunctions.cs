using System.Text.Json.Nodes;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito.Triggers;

/// <summary>Functions of a CUSTOM_AUTH as people write them: an answer, three attempts, after the password where SRP began it.</summary>
internal sealed class CustomFunctions
{
    public CustomFunctions(FunctionServer server, int answers = 1)
    {
        Define = server.Add(e => e["response"] = Decide(e.Request()["session"]!.AsArray(), answers));
        Create = server.Add(e =>
        {
            var round = e.Request()["session"]!.AsArray().Count(r => r!["challengeName"]!.GetValue<string>() == "CUSTOM_CHALLENGE");
            e["response"] = new JsonObject
            {
                ["publicChallengeParameters"] = new JsonObject { ["question"] = $"number {round}", ["left"] = 3 - round },
                ["privateChallengeParameters"] = new JsonObject { ["answer"] = $"right-{round}" },
                ["challengeMetadata"] = $"ROUND-{round}",
            };
        });
        Verify = server.Add(e => e.Response()["answerCorrect"] =
            e.Request()["challengeAnswer"]!.GetValue<string>() == e.Request()["privateChallengeParameters"]!["answer"]!.GetValue<string>());
    }

    public string Define { get; }

    public string Create { get; }

    public string Verify { get; }

    public JsonObject Config => new() { ["DefineAuthChallenge"] = Define, ["CreateAuthChallenge"] = Create, ["VerifyAuthChallengeResponse"] = Verify };

    private static JsonObject Decide(JsonArray session, int answers)
    {
        var rounds = session.Select(r => (Name: r!["challengeName"]!.GetValue<string>(), IsRight: r["challengeResult"]!.GetValue<bool>())).ToList();
        var custom = rounds.Where(r => r.Name == "CUSTOM_CHALLENGE").ToList();
        if (custom.Count(r => r.IsRight) >= answers) return new JsonObject { ["issueTokens"] = true, ["failAuthentication"] = false };
        if (custom.Count(r => !r.IsRight) >= 3) return new JsonObject { ["issueTokens"] = false, ["failAuthentication"] = true };
        var name = rounds is [("SRP_A", _)] ? "PASSWORD_VERIFIER" : "CUSTOM_CHALLENGE";
        return new JsonObject { ["challengeName"] = name, ["issueTokens"] = false, ["failAuthentication"] = false };
    }
}
