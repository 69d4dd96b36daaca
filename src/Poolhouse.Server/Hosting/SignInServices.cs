using Poolhouse.Core.SignIn;
using Poolhouse.Core.SignIn.Challenges;
using Poolhouse.Core.SignIn.Flows;
using Poolhouse.Core.Users;

namespace Poolhouse.Server;

/// <summary>The steps of a sign-in.</summary>
internal static class SignInServices
{
    /// <summary>Sign-in: its flows and its challenges.</summary>
    public static IServiceCollection AddSignIn(this IServiceCollection services)
    {
        services.AddSingleton<ChallengeStates>();
        services.AddSingleton<ChallengedUsers>();
        services.AddSingleton<CodeChallenges>();
        services.AddSingleton<CodeGuesses>();
        services.AddSingleton<CodeProof>();
        services.AddSingleton<DeviceProof>();
        services.AddSingleton<DeviceStep>();
        services.AddSingleton<FactorSetups>();
        services.AddSingleton<FurtherChallenges>();
        services.AddSingleton<PasswordGuesses>();
        services.AddSingleton<Completion>();
        services.AddSingleton<CustomAuth>();
        services.AddSingleton<PreAuthentications>();
        services.AddSingleton<SignInAnswers>();
        services.AddSingleton<SignInMigrations>();
        services.AddSingleton<PasswordProof>();
        services.AddSingleton<SrpProof>();
        services.AddSingleton<PasskeyProof>();
        services.AddSingleton<StepUpRequests>();
        services.AddSingleton<FirstFactorStarts>();
        services.AddSingleton<FirstFactors>();
        services.AddSingleton<SignUpSessions>();
        services.AddSingleton<Refreshes>();
        services.AddSingleton<SignInWatch>();
        services.AddSingleton<SignIns>();

        services.AddSingleton<IFlow>(p => new PasswordFlow("USER_PASSWORD_AUTH", p.GetRequiredService<PasswordProof>()));
        services.AddSingleton<IFlow>(p => new PasswordFlow("ADMIN_USER_PASSWORD_AUTH", p.GetRequiredService<PasswordProof>()));
        services.AddSingleton<IFlow>(p => new PasswordFlow("ADMIN_NO_SRP_AUTH", p.GetRequiredService<PasswordProof>()));
        services.AddSingleton<IFlow>(p => new RefreshFlow("REFRESH_TOKEN_AUTH", p.GetRequiredService<Refreshes>()));
        services.AddSingleton<IFlow>(p => new RefreshFlow("REFRESH_TOKEN", p.GetRequiredService<Refreshes>()));
        services.AddSingleton<IFlow, SrpFlow>();
        services.AddSingleton<IFlow, ChoiceFlow>();
        services.AddSingleton<IFlow, CustomFlow>();

        services.AddSingleton<IChallenge, PasswordVerifier>();
        services.AddSingleton<IChallenge, NewPasswordRequired>();
        services.AddSingleton<IChallenge, SelectChallenge>();
        services.AddSingleton<IChallenge, SoftwareTokenMfa>();
        services.AddSingleton<IChallenge, DevicePasswordVerifier>();
        services.AddSingleton<IChallenge, DeviceSrpAuth>();
        services.AddSingleton<IChallenge, SelectMfaType>();
        services.AddSingleton<IChallenge, MfaSetup>();
        services.AddSingleton<IChallenge, CustomChallenge>();
        services.AddSingleton<IChallenge, PasskeyAnswer>();
        services.AddSingleton<IChallenge>(p => new CodeAnswer(MfaFactors.Sms, p.GetRequiredService<CodeProof>()));
        services.AddSingleton<IChallenge>(p => new CodeAnswer(MfaFactors.Email, p.GetRequiredService<CodeProof>()));
        services.AddSingleton<IChallenge>(p => new CodeAnswer(FirstFactorRules.SmsOtp, p.GetRequiredService<CodeProof>()));
        services.AddSingleton<IChallenge>(p => Answer(p, "PASSWORD"));
        services.AddSingleton<IChallenge>(p => Answer(p, "PASSWORD_SRP"));
        return services;
    }

    private static FactorAnswer Answer(IServiceProvider provider, string name) =>
        new(name, provider.GetRequiredService<ChallengeStates>(), provider.GetRequiredService<FirstFactors>());
}
