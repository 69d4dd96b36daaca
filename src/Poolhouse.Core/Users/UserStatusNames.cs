namespace Poolhouse.Core.Users;

/// <summary>API_UserType.UserStatus as text.</summary>
public static class UserStatusNames
{
    /// <summary>The name on the wire and in triggers.</summary>
    public static string Name(this UserStatus status) => status switch
    {
        UserStatus.Unconfirmed => "UNCONFIRMED",
        UserStatus.Confirmed => "CONFIRMED",
        UserStatus.ForceChangePassword => "FORCE_CHANGE_PASSWORD",
        UserStatus.ResetRequired => "RESET_REQUIRED",
        _ => "EXTERNAL_PROVIDER",
    };
}
