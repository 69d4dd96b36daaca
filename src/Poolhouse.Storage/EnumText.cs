using System.Diagnostics;
using Poolhouse.Core.Accounts;
using Poolhouse.Core.Accounts.Invites;
using Poolhouse.Core.Codes;
using Poolhouse.Core.Documents;
using Poolhouse.Core.Events;
using Poolhouse.Core.Imports;
using Poolhouse.Core.Messages;
using Poolhouse.Core.Users;

namespace Poolhouse.Storage;

/// <summary>Enums as columns hold them. Renaming a member changes nothing here, so stored rows stay readable.</summary>
internal static class EnumText
{
    public static string Of(UserStatus status) => status switch
    {
        UserStatus.Unconfirmed => "unconfirmed",
        UserStatus.Confirmed => "confirmed",
        UserStatus.ForceChangePassword => "force_change_password",
        UserStatus.ResetRequired => "reset_required",
        UserStatus.ExternalProvider => "external_provider",
        _ => throw new UnreachableException(),
    };

    public static UserStatus ToUserStatus(string text) => text switch
    {
        "unconfirmed" => UserStatus.Unconfirmed,
        "confirmed" => UserStatus.Confirmed,
        "force_change_password" => UserStatus.ForceChangePassword,
        "reset_required" => UserStatus.ResetRequired,
        "external_provider" => UserStatus.ExternalProvider,
        _ => throw Unknown("user status", text),
    };

    public static string Of(CodePurpose purpose) => purpose switch
    {
        CodePurpose.SignUp => "sign_up",
        CodePurpose.PasswordReset => "password_reset",
        CodePurpose.AttributeVerification => "attribute_verification",
        _ => throw new UnreachableException(),
    };

    public static string Of(DocumentKind kind) => kind switch
    {
        DocumentKind.Branding => "branding",
        DocumentKind.Domain => "domain",
        DocumentKind.IdentityProvider => "identity_provider",
        DocumentKind.LogDelivery => "log_delivery",
        DocumentKind.ResourceServer => "resource_server",
        DocumentKind.RiskConfiguration => "risk_configuration",
        DocumentKind.Terms => "terms",
        DocumentKind.UiCustomization => "ui_customization",
        _ => throw new UnreachableException(),
    };

    public static DocumentKind ToDocumentKind(string text) => text switch
    {
        "branding" => DocumentKind.Branding,
        "domain" => DocumentKind.Domain,
        "identity_provider" => DocumentKind.IdentityProvider,
        "log_delivery" => DocumentKind.LogDelivery,
        "resource_server" => DocumentKind.ResourceServer,
        "risk_configuration" => DocumentKind.RiskConfiguration,
        "terms" => DocumentKind.Terms,
        "ui_customization" => DocumentKind.UiCustomization,
        _ => throw Unknown("kind of document", text),
    };

    public static string Of(ImportState state) => state switch
    {
        ImportState.Created => "created",
        ImportState.Pending => "pending",
        ImportState.InProgress => "in_progress",
        ImportState.Stopping => "stopping",
        ImportState.Expired => "expired",
        ImportState.Stopped => "stopped",
        ImportState.Failed => "failed",
        ImportState.Succeeded => "succeeded",
        _ => throw new UnreachableException(),
    };

    public static ImportState ToImportState(string text) => text switch
    {
        "created" => ImportState.Created,
        "pending" => ImportState.Pending,
        "in_progress" => ImportState.InProgress,
        "stopping" => ImportState.Stopping,
        "expired" => ImportState.Expired,
        "stopped" => ImportState.Stopped,
        "failed" => ImportState.Failed,
        "succeeded" => ImportState.Succeeded,
        _ => throw Unknown("state of an import", text),
    };

    public static string Of(InviteKind kind) => kind switch
    {
        InviteKind.Account => "account",
        InviteKind.Confirmation => "confirmation",
        _ => throw new UnreachableException(),
    };

    public static InviteKind ToInviteKind(string text) => text switch
    {
        "account" => InviteKind.Account,
        "confirmation" => InviteKind.Confirmation,
        _ => throw Unknown("kind of invitation", text),
    };

    public static string Of(CodeRequestPurpose purpose) => purpose switch
    {
        CodeRequestPurpose.Confirmation => "confirmation",
        CodeRequestPurpose.PasswordReset => "password_reset",
        CodeRequestPurpose.KnownAddress => "known_address",
        _ => throw new UnreachableException(),
    };

    public static CodeRequestPurpose ToCodeRequestPurpose(string text) => text switch
    {
        "confirmation" => CodeRequestPurpose.Confirmation,
        "password_reset" => CodeRequestPurpose.PasswordReset,
        "known_address" => CodeRequestPurpose.KnownAddress,
        _ => throw Unknown("purpose of a code", text),
    };

    public static string Of(MessageChannel channel) => channel switch
    {
        MessageChannel.Email => "email",
        MessageChannel.Sms => "sms",
        _ => throw new UnreachableException(),
    };

    public static MessageChannel ToMessageChannel(string text) => text switch
    {
        "email" => MessageChannel.Email,
        "sms" => MessageChannel.Sms,
        _ => throw Unknown("channel", text),
    };

    public static string Of(UserEventKind kind) => kind switch
    {
        UserEventKind.SignedUp => "signed_up",
        UserEventKind.Confirmed => "confirmed",
        UserEventKind.SignedIn => "signed_in",
        UserEventKind.PasswordChanged => "password_changed",
        UserEventKind.PasswordReset => "password_reset",
        UserEventKind.SignedOutEverywhere => "signed_out_everywhere",
        UserEventKind.AttributesChanged => "attributes_changed",
        UserEventKind.Disabled => "disabled",
        UserEventKind.Enabled => "enabled",
        _ => throw new UnreachableException(),
    };

    public static UserEventKind ToUserEventKind(string text) => text switch
    {
        "signed_up" => UserEventKind.SignedUp,
        "confirmed" => UserEventKind.Confirmed,
        "signed_in" => UserEventKind.SignedIn,
        "password_changed" => UserEventKind.PasswordChanged,
        "password_reset" => UserEventKind.PasswordReset,
        "signed_out_everywhere" => UserEventKind.SignedOutEverywhere,
        "attributes_changed" => UserEventKind.AttributesChanged,
        "disabled" => UserEventKind.Disabled,
        "enabled" => UserEventKind.Enabled,
        _ => throw Unknown("event kind", text),
    };

    private static InvalidOperationException Unknown(string what, string text) => new($"The database holds the {what} \"{text}\", which this version doesn't know.");
}
