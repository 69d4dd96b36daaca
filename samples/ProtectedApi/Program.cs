using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Poolhouse.AspNetCore;

var builder = WebApplication.CreateBuilder(args);
string[] schemes = [CognitoTokenDefaults.AuthenticationScheme, PoolhouseSessionDefaults.AuthenticationScheme];
var pages = builder.Configuration.GetSection("Pages").Get<string[]>() ?? [];

builder.Services.AddAuthentication()
    .AddCognitoTokens(options => builder.Configuration.Bind("UserPool", options))
    .AddPoolhouseSession(options =>
    {
        builder.Configuration.Bind("Session", options);
        options.AllowedOrigins.UnionWith(pages);
    });

// Who calls may bring a token or a session.
builder.Services.AddAuthorizationBuilder()
    .SetDefaultPolicy(new AuthorizationPolicyBuilder(schemes).RequireAuthenticatedUser().Build())
    .AddPolicy("Admins", policy => policy.AddAuthenticationSchemes(schemes).RequireRole("admins"))
    .AddPolicy("Reports", policy => policy.AddAuthenticationSchemes(CognitoTokenDefaults.AuthenticationScheme).RequireScope("reports/read"));

// The pages that call this API from a browser, with a token in Authorization or with the cookie.
builder.Services.AddCors(cors => cors.AddDefaultPolicy(policy => policy
    .WithOrigins(pages).WithHeaders("Authorization", "Content-Type").WithMethods("GET", "POST").AllowCredentials()));
builder.Services.AddProblemDetails();

var app = builder.Build();
app.UseStatusCodePages();
app.UseCors();
app.UseAuthentication();
app.UseAuthorization();

app.MapGet("/", () => "Try /me, /admin and /reports.");
app.MapGet("/me", Me).RequireAuthorization();
app.MapPost("/me", Me).RequireAuthorization();
app.MapGet("/admin", () => new { Secret = "Only the group 'admins' reads this." }).RequireAuthorization("Admins");
app.MapGet("/reports", () => new { Newest = "2026-11" }).RequireAuthorization("Reports");
app.Run();

static object Me(ClaimsPrincipal user) => new
{
    Id = user.FindFirstValue(ClaimTypes.NameIdentifier),
    user.Identity!.Name,
    By = user.Identity.AuthenticationType,
    Groups = user.FindAll("cognito:groups").Select(claim => claim.Value),
    Scopes = user.FindAll("scope").Select(claim => claim.Value),
};
