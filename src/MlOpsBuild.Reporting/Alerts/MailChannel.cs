using System.Globalization;
using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using Polly;
using Polly.Retry;

namespace MlOpsBuild.Reporting.Alerts;

/// <summary>Sends alerts by mail; all of one version in one place are one thread.</summary>
/// <param name="server">The server.</param>
/// <param name="from">Who sends it.</param>
/// <param name="to">Who gets it.</param>
/// <param name="time">The clock of pauses.</param>
public sealed class MailChannel(MailServer server, string from, IReadOnlyList<string> to, TimeProvider time) : IAlertChannel
{
    private const int Retries = 2;
    private const int PatienceMilliseconds = 20_000;

    private readonly ResiliencePipeline _pipeline = new ResiliencePipelineBuilder { TimeProvider = time }
        .AddRetry(new RetryStrategyOptions
        {
            MaxRetryAttempts = Retries, BackoffType = DelayBackoffType.Exponential, Delay = TimeSpan.FromSeconds(2),
            ShouldHandle = new PredicateBuilder().Handle<IOException>().Handle<SocketException>().Handle<TimeoutException>()
                .Handle<SmtpCommandException>(refused => (int)refused.StatusCode is >= 400 and < 500)
                .Handle<ServiceNotConnectedException>(),
        }).Build();

    /// <inheritdoc />
    public string Name => "mail";

    /// <inheritdoc />
    public bool IsQuiet => false;

    /// <inheritdoc />
    public async Task TellAsync(Alert alert, CancellationToken cancellationToken)
    {
        try
        {
            using var message = MessageOf(alert);
            await _pipeline.ExecuteAsync(async token => await SendAsync(message, token), cancellationToken);
        }
        catch (Exception problem) when (problem is IOException or SocketException or TimeoutException or CommandException
            or ProtocolException or AuthenticationException or SslHandshakeException or ServiceNotConnectedException
            or NotSupportedException)
        {
            throw new AlertNotToldException($"{server.Host}:{server.Port} does not take mail: {problem.Message}", problem);
        }
    }

    private async Task SendAsync(MimeMessage message, CancellationToken cancellationToken)
    {
        using var client = new SmtpClient { Timeout = PatienceMilliseconds };
        await client.ConnectAsync(
            server.Host, server.Port, server.Encrypted ? SecureSocketOptions.SslOnConnect : SecureSocketOptions.StartTlsWhenAvailable,
            cancellationToken);
        if (server.User is { } user)
        {
            // A password never goes over an open line, unless the server is this machine.
            if (!client.IsSecure && server.Host is not ("localhost" or "127.0.0.1"))
            {
                throw new NotSupportedException("it offers no encryption, and a password is sent over no open line");
            }

            await client.AuthenticateAsync(user, server.Password ?? "", cancellationToken);
        }

        await client.SendAsync(message, cancellationToken);
        await client.DisconnectAsync(quit: true, cancellationToken);
    }

    private MimeMessage MessageOf(Alert alert)
    {
        var thread = string.Create(CultureInfo.InvariantCulture, $"{alert.Id}@mlopsbuild");
        var message = new MimeMessage
        {
            Subject = (alert.State == AlertState.Over ? "Over: " : "") + alert.Title, Date = new(alert.At, TimeSpan.Zero),
            Body = new TextPart("plain") { Text = AlertText.Plain(alert) },
        };
        message.From.Add(MailboxAddress.Parse(from));
        message.To.AddRange(to.Select(MailboxAddress.Parse));
        message.References.Add(thread);
        message.Headers.Add("Auto-Submitted", "auto-generated");
        return message;
    }
}
