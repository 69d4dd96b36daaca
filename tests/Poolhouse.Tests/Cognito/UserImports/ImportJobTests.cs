using System.Text.Json.Nodes;
using Poolhouse.Tests.Cognito.SignIn;
using Poolhouse.Tests.Testing;
using static Poolhouse.Tests.Cognito.UserImports.ImportCalls;

namespace Poolhouse.Tests.Cognito.UserImports;

public sealed class ImportJobTests
{
    private const int Runners = 64;

    [Fact]
    public async Task The_header_has_every_attribute_of_the_pool_and_the_two_columns_of_Cognito()
    {
        var pool = await (await World.OnAsync()).PoolAsync(new JsonObject
        {
            ["AutoVerifiedAttributes"] = new JsonArray("email"),
            ["Schema"] = new JsonArray(new JsonObject { ["Name"] = "shoe", ["AttributeDataType"] = "Number", ["Mutable"] = true }),
        });

        var answer = await pool.ConfigureAsync("GetCSVHeader").ShouldSucceedAsync();

        answer.Text("UserPoolId").ShouldBe(pool.Id);
        answer["CSVHeader"]!.AsArray().Select(n => n!.GetValue<string>()).ShouldBe(
        [
            "name", "given_name", "family_name", "middle_name", "nickname", "preferred_username", "profile", "picture", "website", "email",
            "email_verified", "gender", "birthdate", "zoneinfo", "locale", "phone_number", "phone_number_verified", "address", "updated_at",
            "custom:shoe", "cognito:mfa_enabled", "cognito:username",
        ]);
        (await pool.World.CallAsync("GetCSVHeader", new JsonObject { ["UserPoolId"] = "us-east-1_missing" })).ShouldBeError("ResourceNotFoundException");
    }

    [Theory]
    [MemberData(nameof(World.Engines), MemberType = typeof(World))]
    public async Task People_are_imported_and_must_reset_their_passwords(Engine engine)
    {
        var pool = await (await World.OnAsync(engine)).PoolAsync();
        var created = await pool.CreateJobAsync();
        created.Text("Status").ShouldBe("Created");
        created.Text("JobId")!.ShouldMatch("^import-[0-9a-zA-Z]{10}$");
        created.Counts().ShouldBe((0, 0, 0));
        var csv = await pool.CsvAsync(Person("ann", ("address", "1 Main Street, Springfield"), ("name", "Änn")), Person("bob"));
        (await pool.UploadAsync(created.Text("PreSignedUrl")!, csv)).Status.ShouldBe(200);

        var started = (await pool.OfJobAsync("StartUserImportJob", created).ShouldSucceedAsync())["UserImportJob"]!;
        var ended = await pool.EndedAsync(created);

        started.Text("Status")!.ShouldBeOneOf("Pending", "InProgress", "Succeeded");
        (ended.Text("Status"), ended.Text("CompletionMessage")).ShouldBe(("Succeeded", "Import Job Completed Successfully."));
        ended.Counts().ShouldBe((2, 0, 0));
        ended["StartDate"].ShouldNotBeNull();
        ended["CompletionDate"].ShouldNotBeNull();
        ended["PreSignedUrl"].ShouldBeNull();
        var ann = await pool.DescribeAsync("ann");
        (ann.Text("UserStatus"), ann.Attribute("address"), ann.Attribute("name"), ann.Attribute("email_verified")).ShouldBe(("RESET_REQUIRED", "1 Main Street, Springfield", "Änn", "true"));
        (await pool.LogAsync(created)).ShouldBe(["[SUCCEEDED] Line Number 2 - The import succeeded.", "[SUCCEEDED] Line Number 3 - The import succeeded."]);

        var user = new TestUser(pool, "ann", TestPool.Password, "");
        (await user.TrySignInAsync()).ShouldBeError("PasswordResetRequiredException", "Password reset required for the user");
        await pool.PublicAsync("ForgotPassword", "ann").ShouldSucceedAsync();
        var code = await pool.World.CodeAsync("ann@example.com", atLeast: 1);
        await pool.PublicAsync("ConfirmForgotPassword", "ann", new JsonObject { ["ConfirmationCode"] = code, ["Password"] = TestPool.Password }).ShouldSucceedAsync();
        await user.SignInAsync();
    }

    [Fact]
    public async Task Where_codes_sign_in_imported_people_need_no_password_and_may_set_one()
    {
        var world = await World.OnAsync();
        var pool = await world.PoolAsync(new JsonObject
        {
            ["AutoVerifiedAttributes"] = new JsonArray("email"),
            ["Policies"] = new JsonObject { ["SignInPolicy"] = new JsonObject { ["AllowedFirstAuthFactors"] = new JsonArray("PASSWORD", "EMAIL_OTP") } },
        });
        var address = $"{Guid.NewGuid():N}@example.com";
        await pool.ImportAsync(await pool.CsvAsync(Person("ann", ("email", address))));

        var challenged = await pool.ChooseAsync("ann", "EMAIL_OTP").ShouldSucceedAsync();
        var answer = await pool.RespondAsync(challenged, "ann", ("EMAIL_OTP_CODE", await world.CodeAsync(address))).ShouldSucceedAsync();
        await world.OwnAsync("ChangePassword", Testing.Tokens.Of(answer), new JsonObject { ["ProposedPassword"] = TestPool.Password }).ShouldSucceedAsync();

        (await pool.DescribeAsync("ann")).Text("UserStatus").ShouldBe("CONFIRMED");
        await new TestUser(pool, "ann", TestPool.Password, "").SignInAsync();
        await pool.AdminAsync("AdminResetUserPassword", "ann").ShouldSucceedAsync();
        (await pool.ChooseAsync("ann", "EMAIL_OTP").ShouldSucceedAsync()).Available().ShouldNotContain("EMAIL_OTP");
    }

    [Fact]
    public async Task A_client_that_hides_users_does_not_tell_that_one_must_reset()
    {
        var world = await World.OnAsync();
        var pool = await world.PoolAsync(client: new JsonObject
        {
            ["ExplicitAuthFlows"] = new JsonArray("ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"), ["PreventUserExistenceErrors"] = "ENABLED",
        });
        await pool.ImportAsync(await pool.CsvAsync(Person("ann")));

        var answer = await new TestUser(pool, "ann", "Whatever-1", "").TrySignInAsync();

        answer.ShouldBeError("NotAuthorizedException", "Incorrect username or password.");
    }

    [Fact]
    public async Task A_job_starts_once_it_has_a_file_and_only_once()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        var job = await pool.CreateJobAsync();

        (await pool.OfJobAsync("StartUserImportJob", job)).ShouldBeError("PreconditionNotMetException", "The CSV file has not been uploaded.");
        (await pool.OfJobAsync("StopUserImportJob", job)).ShouldBeError("PreconditionNotMetException");
        (await pool.UploadAsync(job.Text("PreSignedUrl")!, await pool.CsvAsync(Person("ann")))).Status.ShouldBe(200);
        await pool.OfJobAsync("StartUserImportJob", job).ShouldSucceedAsync();
        await pool.EndedAsync(job);

        (await pool.OfJobAsync("StartUserImportJob", job)).ShouldBeError("PreconditionNotMetException", "The user import job is not in the state Created.");
        (await pool.OfJobAsync("StopUserImportJob", job)).ShouldBeError("PreconditionNotMetException");
    }

    [Fact]
    public async Task A_pool_that_verifies_nothing_starts_no_job()
    {
        var pool = await (await World.OnAsync()).PoolAsync([]);
        var job = await pool.UploadedJobAsync(await pool.CsvAsync(Person("ann")));

        (await pool.OfJobAsync("StartUserImportJob", job)).ShouldBeError("PreconditionNotMetException");
    }

    [Fact]
    public async Task A_job_of_another_pool_is_not_found()
    {
        var world = await World.OnAsync();
        var job = await (await world.PoolAsync()).CreateJobAsync();
        var other = await world.PoolAsync();

        foreach (var operation in (string[])["DescribeUserImportJob", "StartUserImportJob", "StopUserImportJob"])
            (await other.OfJobAsync(operation, job)).ShouldBeError("ResourceNotFoundException");
    }

    [Theory]
    [MemberData(nameof(World.Engines), MemberType = typeof(World))]
    public async Task Sixty_four_starts_of_one_job_are_one(Engine engine)
    {
        var pool = await (await World.OnAsync(engine)).PoolAsync();
        var job = await pool.UploadedJobAsync(await pool.CsvAsync([.. Enumerable.Range(0, 60).Select(i => Person($"p{i}"))]));

        var answers = await Task.WhenAll(Enumerable.Range(0, Runners).Select(_ => Task.Run(() => pool.OfJobAsync("StartUserImportJob", job))));

        answers.Count(a => a.Status == 200).ShouldBe(1);
        answers.Where(a => a.Status != 200).ShouldAllBe(a => a.Type == "PreconditionNotMetException");
        (await pool.EndedAsync(job)).Counts().ShouldBe((60, 0, 0));
    }

    [Theory]
    [MemberData(nameof(World.Engines), MemberType = typeof(World))]
    public async Task Of_jobs_started_at_once_each_user_comes_once(Engine engine)
    {
        var pool = await (await World.OnAsync(engine)).PoolAsync();
        var csv = await pool.CsvAsync([.. Enumerable.Range(0, 200).Select(i => Person($"p{i}"))]);
        var jobs = new List<JsonObject>();
        for (var i = 0; i < 8; i++) jobs.Add(await pool.UploadedJobAsync(csv));

        var answers = await Task.WhenAll(jobs.Select(job => Task.Run(() => pool.OfJobAsync("StartUserImportJob", job))));

        answers.Count(a => a.Status == 200).ShouldBeInRange(1, jobs.Count);
        answers.Where(a => a.Status != 200).ShouldAllBe(a => a.Message == "Another user import job is in progress in the user pool.");
        var ended = await Task.WhenAll(jobs.Where((_, i) => answers[i].Status == 200).Select(pool.EndedAsync));
        ended.Sum(job => job.Counts().Imported).ShouldBe(200);
        ended.Sum(job => job.Counts().Skipped).ShouldBe(200 * (ended.Length - 1));
    }

    [Fact]
    public async Task Jobs_are_listed_in_pages_newest_first_and_the_oldest_that_ended_makes_room()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        var first = await pool.ImportAsync(await pool.CsvAsync(Person("ann")));
        for (var i = 0; i < 49; i++) await pool.CreateJobAsync();
        var ids = new List<string>();
        string? token = null;
        do
        {
            var page = await pool.ConfigureAsync("ListUserImportJobs", new JsonObject { ["MaxResults"] = 20, ["PaginationToken"] = token }).ShouldSucceedAsync();
            ids.AddRange(page["UserImportJobs"]!.AsArray().Select(job => job.Text("JobId")!));
            token = page.Text("PaginationToken");
        }
        while (token is not null);

        ids.Distinct().Count().ShouldBe(50);
        ids[^1].ShouldBe(first.Text("JobId"));
        await pool.CreateJobAsync();
        (await pool.OfJobAsync("DescribeUserImportJob", first)).ShouldBeError("ResourceNotFoundException");
        (await pool.ConfigureAsync("CreateUserImportJob", new JsonObject { ["JobName"] = "x", ["CloudWatchLogsRoleArn"] = "arn:aws:iam::000000000000:role/x" }))
            .ShouldBeError("LimitExceededException");
        (await pool.ConfigureAsync("CreateUserImportJob", new JsonObject { ["JobName"] = "x", ["CloudWatchLogsRoleArn"] = "not an arn of anything" }))
            .ShouldBeError("InvalidParameterException");
        (await pool.ConfigureAsync("CreateUserImportJob", new JsonObject { ["JobName"] = "x" })).ShouldBeError("InvalidParameterException");
    }

    [Fact]
    public async Task A_job_that_waits_a_day_expires_and_its_file_goes()
    {
        await using var world = await World.StartAsync();
        var pool = await world.PoolAsync();
        var job = await pool.UploadedJobAsync(await pool.CsvAsync(Person("ann")));

        await world.AdvanceAsync("PT24H");

        var expired = await pool.DescribeJobAsync(job);
        (expired.Text("Status"), expired.Text("CompletionMessage")).ShouldBe(("Expired", "The user import job has expired."));
        expired["PreSignedUrl"].ShouldBeNull();
        (await pool.OfJobAsync("StartUserImportJob", job)).ShouldBeError("PreconditionNotMetException");
        await ImportStoreLook.ExpireAsync(world);
        (await ImportStoreLook.HasFileAsync(world, pool.Id, job.Text("JobId")!)).ShouldBeFalse();
        (await pool.DescribeJobAsync(job)).Text("Status").ShouldBe("Expired");
    }

    [Fact]
    public async Task While_a_job_runs_its_pool_is_neither_deleted_nor_changed()
    {
        await using var world = await World.StartAsync();
        var pool = await world.PoolAsync();
        var job = await pool.UploadedJobAsync(await pool.CsvAsync(Person("ann")));
        await ImportStoreLook.StartForOtherNodeAsync(world, pool.Id, job.Text("JobId")!);

        (await pool.DescribeJobAsync(job)).Text("Status").ShouldBe("InProgress");
        (await pool.ConfigureAsync("DeleteUserPool")).ShouldBeError("UserImportInProgressException");
        (await pool.ConfigureAsync("UpdateUserPool")).ShouldBeError("UserImportInProgressException");
        (await pool.ConfigureAsync("AddCustomAttributes", new JsonObject { ["CustomAttributes"] = new JsonArray(new JsonObject { ["Name"] = "x", ["AttributeDataType"] = "String" }) }))
            .ShouldBeError("UserImportInProgressException");
        var stopping = (await pool.OfJobAsync("StopUserImportJob", job).ShouldSucceedAsync())["UserImportJob"]!;
        stopping.Text("Status").ShouldBe("Stopping");
        await ImportStoreLook.ReleaseAsync(world, pool.Id, job.Text("JobId")!);

        var ended = await pool.EndedAsync(job);
        (ended.Text("Status"), ended.Text("CompletionMessage")).ShouldBe(("Stopped", "The user import job has been stopped."));
        await pool.ConfigureAsync("DeleteUserPool").ShouldSucceedAsync();
    }
}
