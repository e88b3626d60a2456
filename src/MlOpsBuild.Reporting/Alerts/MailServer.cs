using MlOpsBuild.Core;

namespace MlOpsBuild.Reporting.Alerts;

/// <summary>A server that takes mail.</summary>
/// <param name="Host">Its name.</param>
/// <param name="Port">Its port.</param>
/// <param name="Encrypted">Whether the connection is encrypted from the start; else it is as soon as the server offers it.</param>
/// <param name="User">The name to log in with; null to send without.</param>
/// <param name="Password">The password to it.</param>
public sealed record MailServer(string Host, int Port, bool Encrypted, string? User, string? Password)
{
    private const int SubmissionPort = 587;
    private const int EncryptedPort = 465;

    /// <summary>
    /// Reads <c>smtp://user:password@host:587</c> or <c>smtps://…:465</c>, signs in names and passwords escaped as in addresses.
    /// </summary>
    /// <exception cref="UsageException">It is something else.</exception>
    public static MailServer Parse(string address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("smtp" or "smtps") || uri.Host.Length == 0)
        {
            throw new UsageException(new Finding(
                "MLB6011", "This is no mail server", "--alert-mail-server", "(hidden: it may hold a password)",
                "smtp://user:password@host:587 or smtps://user:password@host:465", "correct the address"));
        }

        var login = uri.UserInfo.Split(':', 2);
        return new(
            uri.Host, uri.Port > 0 ? uri.Port : uri.Scheme == "smtps" ? EncryptedPort : SubmissionPort, uri.Scheme == "smtps",
            login[0].Length > 0 ? Uri.UnescapeDataString(login[0]) : null, login.Length > 1 ? Uri.UnescapeDataString(login[1]) : null);
    }
}
