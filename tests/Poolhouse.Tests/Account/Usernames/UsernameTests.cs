using System.Text.Json.Nodes;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Account.Usernames;

/// <summary>Names for sign-ups in flight: one winner, two minutes.</summary>
public sealed class UsernameTests
{
    [Theory]
    [MemberData(nameof(World.Gateways), MemberType = typeof(World))]
    public async Task A_name_is_reserved_held_longer_spent_by_its_holder_and_then_taken(Engine engine)
    {
        var world = await World.OnAsync(engine);
        var name = NewName();
        (await IsAvailableAsync(world, name)).ShouldBeTrue();

        var reservation = (await PutAsync(world, name)).Good().Json;
        var token = reservation["username_reservation"]!.GetValue<string>();
        (await IsAvailableAsync(world, name.ToUpperInvariant())).ShouldBeFalse();
        (await PutAsync(world, name)).ShouldBeProblem(409, "USERNAME_TAKEN");
        (await PutAsync(world, name, token)).Good().Json["username_reservation"]!.GetValue<string>().ShouldBe(token);
        (await RegisterAsync(world, name)).ShouldBeProblem(409, "USERNAME_TAKEN");
        (await RegisterAsync(world, name, "somebody-elses")).ShouldBeProblem(409, "USERNAME_TAKEN");

        (await RegisterAsync(world, name.ToUpperInvariant(), token)).Good();

        (await IsAvailableAsync(world, name)).ShouldBeFalse();
        (await PutAsync(world, name, token)).ShouldBeProblem(409, "USERNAME_TAKEN");
        (await RegisterAsync(world, name, token)).ShouldBeProblem(409, "USERNAME_TAKEN");
    }

    [Theory]
    [MemberData(nameof(EveryPool.Kinds), MemberType = typeof(EveryPool))]
    public async Task A_name_is_given_back_by_its_holder_only(Engine engine)
    {
        var world = await World.OnAsync(engine);
        var name = NewName();
        var token = (await PutAsync(world, name)).Good().Json["username_reservation"]!.GetValue<string>();

        (await DeleteAsync(world, name, null)).ShouldBeProblem(404, "NOT_FOUND");
        (await DeleteAsync(world, name, token + "x")).ShouldBeProblem(404, "NOT_FOUND");
        (await IsAvailableAsync(world, name)).ShouldBeFalse();
        (await DeleteAsync(world, name, token)).Good();
        (await IsAvailableAsync(world, name)).ShouldBeTrue();
        (await DeleteAsync(world, name, token)).ShouldBeProblem(404, "NOT_FOUND");
    }

    [Fact]
    public async Task After_two_minutes_somebody_else_may_have_it()
    {
        await using var world = await World.StartAsync();
        var name = NewName();
        var token = (await PutAsync(world, name)).Good().Json["username_reservation"]!.GetValue<string>();

        await world.AdvanceAsync("PT121S");

        (await IsAvailableAsync(world, name)).ShouldBeTrue();
        (await PutAsync(world, name)).Good();
        (await RegisterAsync(world, name, token)).ShouldBeProblem(409, "USERNAME_TAKEN");
    }

    [Theory]
    [MemberData(nameof(EveryPool.Kinds), MemberType = typeof(EveryPool))]
    public async Task Group_19_names_that_look_alike_are_one_name(Engine engine)
    {
        var world = await World.OnAsync(engine);
        var name = NewName();
        await PutAsync(world, name);

        var wide = string.Concat(name.Select(c => c is >= 'a' and <= 'z' ? (char)(c - 'a' + 'ａ') : c));
        (await PutAsync(world, wide)).ShouldBeProblem(409, "USERNAME_TAKEN");
        (await PutAsync(world, name.Insert(3, "\u200b"))).ShouldBeProblem(400, "VALIDATION_FAILED");
        (await PutAsync(world, name.Replace('a', 'а'))).Status.ShouldBe(name.Contains('a', StringComparison.Ordinal) ? 400 : 409);
        foreach (var wrong in new[] { "ab", new string('a', 31), "-abc", "abc-", "a b c", "name@example.com" })
            (await PutAsync(world, wrong)).ShouldBeProblem(400, "VALIDATION_FAILED");
    }

    [Theory]
    [MemberData(nameof(World.Gateways), MemberType = typeof(World))]
    public async Task Of_64_sign_ups_for_one_name_one_has_it_and_of_64_reservations_too(Engine engine)
    {
        var world = await World.OnAsync(engine);
        var (name, reserved) = (NewName(), NewName());

        var registered = await Task.WhenAll(Enumerable.Range(0, 64).Select(i => i % 4 == 3 ? PutAsync(world, name) : RegisterAsync(world, name)));
        var reservations = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => PutAsync(world, reserved)));

        registered.Count(a => a.Status == 200).ShouldBe(1);
        registered.Count(a => a.Status == 409 && a.Json["code"]!.GetValue<string>() == "USERNAME_TAKEN").ShouldBe(63, string.Join('\n', registered.Where(a => a.Status is not (200 or 409)).Select(a => a.Text)));
        reservations.Count(a => a.Status == 200).ShouldBe(1);
        reservations.Count(a => a.Status == 409).ShouldBe(63);
    }

    private static string NewName() => "n" + Guid.NewGuid().ToString("N")[..20];

    private static Task<ApiAnswer> PutAsync(World world, string name, string? token = null) => world.ApiAsync(
        HttpMethod.Put, "usernames/" + Uri.EscapeDataString(name), token is null ? null : new JsonObject { ["username_reservation"] = token });

    private static Task<ApiAnswer> DeleteAsync(World world, string name, string? token) =>
        world.ApiAsync(HttpMethod.Delete, "usernames/" + name, new JsonObject { ["username_reservation"] = token });

    private static async Task<bool> IsAvailableAsync(World world, string name) =>
        (await world.ApiAsync(HttpMethod.Get, "usernames/" + name)).Good().Json["available"]!.GetValue<bool>();

    private static Task<ApiAnswer> RegisterAsync(World world, string name, string? token = null)
    {
        var body = AccountWorld.Registration(TestAccount.NewEmail());
        (body["username"], body["username_reservation"]) = (name, token);
        return world.ApiAsync(HttpMethod.Post, "auth/register", body);
    }
}
