using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MlOpsBuild.TestKit.Alerts;

/// <summary>Takes mail by SMTP (RFC 5321) on a free port of this machine, without encryption.</summary>
public sealed class FakeMailServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<string> _messages = [];
    private readonly List<string> _commands = [];
    private int _busy;

    /// <summary>Starts it.</summary>
    public FakeMailServer()
    {
        _listener.Start();
        _ = ListenAsync(_stopping.Token);
    }

    /// <summary>Its port.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The password it takes; null to ask for none.</summary>
    public string? Password { get; init; }

    /// <summary>The messages that it took, as they came.</summary>
    public IReadOnlyList<string> Messages => Copied(_messages);

    /// <summary>What it was told, without messages and passwords.</summary>
    public IReadOnlyList<string> Commands => Copied(_commands);

    /// <summary>Says to the next senders that it is busy.</summary>
    public void BeBusy(int times) => Interlocked.Exchange(ref _busy, times);

    /// <inheritdoc />
    public void Dispose()
    {
        _stopping.Cancel();
        _listener.Dispose();
        _stopping.Dispose();
    }

    private IReadOnlyList<string> Copied(List<string> list)
    {
        lock (_gate)
        {
            return [.. list];
        }
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(cancellationToken);
                _ = Task.Run(() => ServeAsync(client, cancellationToken), CancellationToken.None);
            }
        }
        catch (Exception problem) when (problem is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client, CancellationToken cancellationToken)
    {
        using (client)
        await using (var stream = client.GetStream())
        {
            using var reader = new StreamReader(stream, Encoding.UTF8);
            await using var writer = new StreamWriter(stream, new UTF8Encoding(false)) { NewLine = "\r\n", AutoFlush = true };
            try
            {
                await writer.WriteLineAsync("220 fake ESMTP");
                while (await reader.ReadLineAsync(cancellationToken) is { } line
                    && await AnswerAsync(line, reader, writer, cancellationToken))
                {
                    // One command after the other.
                }
            }
            catch (Exception problem) when (problem is IOException or OperationCanceledException or ObjectDisposedException)
            {
                // The client went away, or the test is over.
            }
        }
    }

    private async Task<bool> AnswerAsync(string line, StreamReader reader, StreamWriter writer, CancellationToken cancellationToken)
    {
        var verb = line.Split(' ', ':')[0].ToUpperInvariant();
        lock (_gate)
        {
            _commands.Add(verb == "AUTH" ? "AUTH" : line);
        }

        switch (verb)
        {
            case "EHLO":
                await writer.WriteLineAsync("250-fake");
                await writer.WriteLineAsync(Password == null ? "250 8BITMIME" : "250 AUTH PLAIN");
                break;
            case "AUTH":
                var login = Encoding.UTF8.GetString(Convert.FromBase64String(line.Split(' ')[^1])).Split('\0');
                await writer.WriteLineAsync(login[^1] == Password ? "235 welcome" : "535 wrong name or password");
                break;
            case "MAIL" when Interlocked.Decrement(ref _busy) >= 0:
                await writer.WriteLineAsync("451 busy, come again");
                break;
            case "DATA":
                await writer.WriteLineAsync("354 go on");
                await TakeAsync(reader, cancellationToken);
                await writer.WriteLineAsync("250 taken");
                break;
            case "QUIT":
                await writer.WriteLineAsync("221 bye");
                return false;
            default:
                await writer.WriteLineAsync("250 ok");
                break;
        }

        return true;
    }

    private async Task TakeAsync(StreamReader reader, CancellationToken cancellationToken)
    {
        var message = new StringBuilder();
        while (await reader.ReadLineAsync(cancellationToken) is { } line && line != ".")
        {
            message.Append(line.StartsWith('.') ? line[1..] : line).Append('\n');
        }

        lock (_gate)
        {
            _messages.Add(message.ToString());
        }
    }
}
