using System.Text.Json.Nodes;
using Poolhouse.Tests.Cognito.SignIn;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito.Triggers;

/// <summary>The calls of a CUSTOM_AUTH, short.</summary>
internal static class CustomCalls
{
    public static Task<Answer> StartCustomAsync(this TestPool pool, string name) => pool.StartAsync("CUSTOM_AUTH", new JsonObject { ["USERNAME"] = name });

    public static Task<Answer> StartCustomSrpAsync(this TestPool pool, string name, SrpPerson person) =>
        pool.StartAsync("CUSTOM_AUTH", new JsonObject { ["USERNAME"] = name, ["CHALLENGE_NAME"] = "SRP_A", ["SRP_A"] = person.A });

    public static Task<Answer> AnswerCustomAsync(this TestPool pool, string name, Answer step, string answer) =>
        pool.RespondAsync("CUSTOM_CHALLENGE", step.Session(), new JsonObject { ["USERNAME"] = name, ["ANSWER"] = answer });
}
