using System.Text.Json.Nodes;
using Poolhouse.Tests.Faults.Network;

namespace Poolhouse.Tests.Faults.Load;

/// <summary>
/// What people do, one request each, and what is written down of it: what the service acknowledged, what nobody knows, and what it must not have
/// answered. The answers that are right follow from what was acknowledged before.
/// </summary>
internal sealed class Steps(Nodes nodes, MailSink mail, People people, Journal journal, Watch watch)
{
    // The service has a limit of five an hour.
    private const int MostResets = 4;

    // Beyond this somebody's list of sessions would not show all of them.
    private const int MostGrants = 12;

    private int counter;

    /// <summary>Whether somebody could do this next.</summary>
    public Person? Take(OperationKind kind) => kind switch
    {
        OperationKind.Register => people.New(),
        OperationKind.Confirm => people.Take(p => p is { IsRegistered: true, IsConfirmed: false } && mail.NewestCode(p.Email) is not null),
        OperationKind.SignIn or OperationKind.BeginSession => people.Take(p => p.IsConfirmed && p.Grants.Count < MostGrants),
        OperationKind.Refresh or OperationKind.ReadProfile or OperationKind.ChangeProfile => people.Take(p => p.IsConfirmed && p.Grants.Exists(g => g.MustLive && g.Cookie is null)),
        OperationKind.ReadSession or OperationKind.SignOut => people.Take(p => p.IsConfirmed && p.Grants.Exists(g => g.MustLive && g.Cookie is not null)),
        OperationKind.RevokeSession => people.Take(p => p.IsConfirmed && p.Grants.Count(g => g.MustLive && g.Cookie is not null) > 1),
        OperationKind.SignOutEverywhere => people.Take(p => p.IsConfirmed && p.Grants.Exists(g => g.MustLive && g.Cookie is null)),
        OperationKind.AskReset => people.Take(p => p.IsConfirmed && !p.HasAskedReset && p.Resets < MostResets && p.MailsMaybe == 0),
        OperationKind.Reset => people.Take(p => p.HasAskedReset && mail.Count(p.Email) >= p.MailsDue.Count && p.MailsMaybe == 0),
        _ => people.Take(p => p.IsConfirmed),
    };

    /// <summary>Does it; the person is free again afterwards.</summary>
    public async Task<Reply> RunAsync(OperationKind kind, Person person)
    {
        try
        {
            var reply = await DoAsync(kind, person);
            journal.Add(kind, reply, reply.IsDone || (kind == OperationKind.Guess && reply.Outcome == Outcome.Refused));
            if (reply.Outcome == Outcome.Broken) journal.Break(Promise.ErrorsSayWhenToComeBack, $"{kind} was answered {reply}");
            if (kind == OperationKind.ReadSession) watch.DemandInTime(reply);
            return reply;
        }
        finally
        {
            person.End();
        }
    }

    private Task<Reply> DoAsync(OperationKind kind, Person person) => kind switch
    {
        OperationKind.Register => RegisterAsync(person),
        OperationKind.Confirm => ConfirmAsync(person),
        OperationKind.SignIn => SignInAsync(person),
        OperationKind.BeginSession => BeginSessionAsync(person),
        OperationKind.Refresh => RefreshAsync(person, Tokens(person)),
        OperationKind.ReadSession => ReadSessionAsync(person, Sessions(person)[0]),
        OperationKind.ReadProfile => ReadProfileAsync(person, Tokens(person)),
        OperationKind.ChangeProfile => ChangeProfileAsync(person, Tokens(person)),
        OperationKind.RevokeSession => RevokeSessionAsync(person, Sessions(person)[0], Sessions(person)[1]),
        OperationKind.SignOut => SignOutAsync(person, Sessions(person)[0]),
        OperationKind.SignOutEverywhere => SignOutEverywhereAsync(person, Tokens(person)),
        OperationKind.AskReset => AskResetAsync(person),
        OperationKind.Reset => ResetAsync(person),
        _ => GuessAsync(person),
    };

    private async Task<Reply> RegisterAsync(Person person)
    {
        var reply = await nodes.SendAsync(HttpMethod.Post, "auth/register", new JsonObject
        {
            ["email"] = person.Email, ["password"] = person.Password, ["first_name"] = person.FirstName, ["last_name"] = "Steady", ["accept_terms"] = true,
        });
        person.IsRegistered = reply.IsDone;
        person.MayBeRegistered = reply.IsUnknown;
        person.AskedForMail(reply);
        if (reply.Outcome == Outcome.Refused) journal.Break(Promise.ItGoesOn, $"A sign-up was refused: {reply}");
        return reply;
    }

    /// <summary>Enters the code that came by mail.</summary>
    public async Task<Reply> ConfirmAsync(Person person)
    {
        var reply = await nodes.SendAsync(HttpMethod.Post, "auth/verify-otp", new JsonObject
        {
            ["email"] = person.Email, ["code"] = mail.NewestCode(person.Email), ["purpose"] = "email_verification",
        });
        // A code that was taken without an answer is a wrong one afterwards.
        if (reply.Outcome == Outcome.Refused && !person.MayBeConfirmed) journal.Break(Promise.NothingIsLost, $"The code mailed to {person.Email} was not taken: {reply}");
        if (reply.IsDone || (reply.Outcome == Outcome.Refused && person.MayBeConfirmed)) person.IsConfirmed = true;
        if (reply.IsUnknown) person.MayBeConfirmed = true;
        return reply;
    }

    /// <summary>Signs in for tokens.</summary>
    public async Task<Reply> SignInAsync(Person person)
    {
        var reply = await nodes.SendAsync(HttpMethod.Post, "auth/login", Login(person));
        NoteSignIn(person, reply);
        if (reply.IsDone) person.Grants.Add(new Grant { Person = person, Access = reply.Text("access_token"), Refresh = reply.Text("refresh_token") });
        return reply;
    }

    private async Task<Reply> BeginSessionAsync(Person person)
    {
        var reply = await nodes.SendAsync(HttpMethod.Post, "session", Login(person));
        NoteSignIn(person, reply);
        if (reply.IsDone) person.Grants.Add(new Grant { Person = person, Cookie = reply.Cookie, SessionId = reply.Text("id") });
        return reply;
    }

    private async Task<Reply> RefreshAsync(Person person, Grant tokens)
    {
        var reply = await nodes.SendAsync(HttpMethod.Post, "auth/refresh", new JsonObject { ["refresh_token"] = tokens.Refresh });
        DemandAccepted(tokens, reply);
        if (reply.IsDone) tokens.Access = reply.Text("access_token");
        return reply;
    }

    private async Task<Reply> ReadSessionAsync(Person person, Grant session)
    {
        var reply = await nodes.SendAsync(HttpMethod.Get, "session", by: session);
        DemandAccepted(session, reply);
        if (reply.IsDone) DemandOwn(person, reply, reply.Json["user"]?["email"]?.GetValue<string>());
        return reply;
    }

    /// <summary>Reads the profile; the name in it must be one that was acknowledged or may have been set.</summary>
    public async Task<Reply> ReadProfileAsync(Person person, Grant tokens)
    {
        var reply = await nodes.SendAsync(HttpMethod.Get, "me", by: tokens);
        DemandAccepted(tokens, reply);
        if (!reply.IsDone) return reply;
        DemandOwn(person, reply, reply.Text("email"));
        var name = reply.Text("first_name");
        if (name != person.FirstName && !person.MaybeFirstNames.Contains(name))
            journal.Break(Promise.NothingIsLost, $"{person.Email} is called {name}, and was acknowledged {person.FirstName}: {reply}");
        return reply;
    }

    private async Task<Reply> ChangeProfileAsync(Person person, Grant tokens)
    {
        var name = $"Name-{Interlocked.Increment(ref counter)}";
        var reply = await nodes.SendAsync(HttpMethod.Patch, "me", new JsonObject { ["first_name"] = name }, tokens);
        DemandAccepted(tokens, reply);
        if (reply.IsDone) person.FirstName = name;
        else if (reply.IsUnknown) person.MaybeFirstNames.Add(name);
        return reply;
    }

    private async Task<Reply> RevokeSessionAsync(Person person, Grant by, Grant other)
    {
        var reply = await nodes.SendAsync(HttpMethod.Delete, "sessions/" + other.SessionId, by: by);
        DemandAccepted(by, reply);
        End(person, [other], reply);
        return reply;
    }

    private async Task<Reply> SignOutAsync(Person person, Grant session)
    {
        var reply = await nodes.SendAsync(HttpMethod.Delete, "session", by: session);
        End(person, [session], reply);
        return reply;
    }

    private async Task<Reply> SignOutEverywhereAsync(Person person, Grant tokens)
    {
        var reply = await nodes.SendAsync(HttpMethod.Post, "auth/logout", new JsonObject { ["everywhere"] = true }, tokens);
        DemandAccepted(tokens, reply);
        End(person, person.Grants, reply);
        return reply;
    }

    private async Task<Reply> AskResetAsync(Person person)
    {
        person.Resets++;
        var reply = await nodes.SendAsync(HttpMethod.Post, "auth/request-otp", new JsonObject { ["email"] = person.Email, ["purpose"] = "password_reset" });
        person.AskedForMail(reply);
        person.HasAskedReset = reply.IsDone;
        if (reply.Outcome == Outcome.Refused) journal.Break(Promise.ItGoesOn, $"A code was refused: {reply}");
        return reply;
    }

    private async Task<Reply> ResetAsync(Person person)
    {
        var next = $"Steady-{Interlocked.Increment(ref counter):0000000}";
        person.HasAskedReset = false;
        var reply = await nodes.SendAsync(HttpMethod.Post, "auth/verify-otp", new JsonObject
        {
            ["email"] = person.Email, ["code"] = mail.NewestCode(person.Email), ["purpose"] = "password_reset", ["new_password"] = next,
        });
        if (reply.Outcome == Outcome.Refused) journal.Break(Promise.NothingIsLost, $"The code for a new password mailed to {person.Email} was not taken: {reply}");
        if (reply.IsUnknown) person.MaybePasswords.Add(next);
        if (reply.IsDone)
        {
            person.Password = next;
            person.MaybePasswords.Clear();
        }

        End(person, person.Grants, reply);
        return reply;
    }

    // One guess at a time: the lock on an account after many would keep its owner out, as it should.
    private async Task<Reply> GuessAsync(Person person)
    {
        var reply = await nodes.SendAsync(HttpMethod.Post, "auth/login", new JsonObject { ["email"] = person.Email, ["password"] = "Guessed-7654321" });
        if (reply.IsDone) journal.Break(Promise.NobodyElseGetsIn, $"A guess at the password of {person.Email} was let in: {reply}");
        return reply;
    }

    private static JsonObject Login(Person person) => new() { ["email"] = person.Email, ["password"] = person.Password };

    private static List<Grant> Sessions(Person person) => [.. person.Grants.Where(g => g.MustLive && g.Cookie is not null).OrderBy(_ => Random.Shared.Next())];

    private static Grant Tokens(Person person) => person.Grants.Where(g => g.MustLive && g.Cookie is null).OrderBy(_ => Random.Shared.Next()).First();

    private void NoteSignIn(Person person, Reply reply)
    {
        // Nobody knows whether a new password was taken: the person takes the last one that worked, and then the other.
        if (reply.Outcome == Outcome.Refused && person.MaybePasswords.Count > 0)
        {
            (person.Password, person.MaybePasswords[0]) = (person.MaybePasswords[0], person.Password);
            return;
        }

        if (reply.Outcome == Outcome.Refused) journal.Break(Promise.NothingIsLost, $"{person.Email} was not let in with the password that was acknowledged: {reply}");
    }

    private void DemandAccepted(Grant grant, Reply reply)
    {
        if (reply.Status == 401 && grant.MustLive) journal.Break(Promise.NothingIsLost, $"The {grant} were not accepted: {reply}");
    }

    private void DemandOwn(Person person, Reply reply, string? email)
    {
        if (email != person.Email) journal.Break(Promise.NobodyElseGetsIn, $"{person.Email} saw {email}: {reply}");
    }

    private void End(Person person, IReadOnlyList<Grant> grants, Reply reply)
    {
        var ended = grants.Where(g => g.EndedAt is null).ToList();
        person.EndGrants(ended, reply, reply.StartedAt + reply.Took);
        if (reply.IsDone) watch.Add(ended);
        person.Grants.RemoveAll(g => !g.MustLive);
    }
}
