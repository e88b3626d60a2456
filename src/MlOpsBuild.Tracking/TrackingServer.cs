using System.Net.Http.Headers;
using System.Text;
using MlOpsBuild.Core;

namespace MlOpsBuild.Tracking;

/// <summary>An MLflow server, and what it is told of who asks.</summary>
public sealed class TrackingServer
{
    /// <summary>The variable by which MLflow's own clients are told of a server.</summary>
    public const string AddressVariable = "MLFLOW_TRACKING_URI";

    private const string Token = "MLFLOW_TRACKING_TOKEN";
    private const string User = "MLFLOW_TRACKING_USERNAME";
    private const string Password = "MLFLOW_TRACKING_PASSWORD";

    private TrackingServer(Uri address, AuthenticationHeaderValue? credentials, IReadOnlyList<string> secrets) =>
        (Address, Credentials, Secrets) = (address, credentials, secrets);

    /// <summary>Its address, ending in a slash.</summary>
    public Uri Address { get; }

    /// <summary>What must never be shown.</summary>
    public IReadOnlyList<string> Secrets { get; }

    internal AuthenticationHeaderValue? Credentials { get; }

    /// <summary>Its address, for people.</summary>
    public override string ToString() => Address.ToString().TrimEnd('/');

    /// <summary>The server at <paramref name="address"/>, with the credentials that MLflow's own clients would take.</summary>
    /// <param name="address">Its address.</param>
    /// <param name="option">Where somebody said so, for errors.</param>
    /// <param name="environment">Environment variables.</param>
    /// <exception cref="UsageException">It is no address, or credentials would be seen on the way.</exception>
    public static TrackingServer Parse(string address, string option, IReadOnlyDictionary<string, string> environment)
    {
        var name = "";
        if (!Uri.TryCreate(address, UriKind.Absolute, out var read) || read.Scheme is not ("http" or "https")
            || read.Query.Length > 0 || read.Fragment.Length > 0)
        {
            throw new UsageException(new Finding(
                "MLB4050", "Not the address of an MLflow server", option, Excerpt.Line(address.Contains('@') ? "(hidden)" : address),
                "http:// or https:// with a host, for example https://mlflow.example.org", "correct the address"));
        }

        if (read.UserInfo.Length > 0)
        {
            throw new UsageException(new Finding(
                "MLB4051", "Credentials stand in the address", option, "(hidden)", "an address without a user",
                "set MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or MLFLOW_TRACKING_TOKEN: they are never shown"));
        }

        List<string> secrets = [.. new[] { Token, Password }.Select(Said).Where(secret => secret.Length > 0)];
        var (user, password, token) = (Said(User), Said(Password), Said(Token));
        AuthenticationHeaderValue? credentials = null;
        if (user.Length > 0 && password.Length > 0)
        {
            var pair = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"));
            (credentials, name) = (new("Basic", pair), User);
            secrets.Add(pair);
        }
        else if (token.Length > 0)
        {
            (credentials, name) = (new("Bearer", token), Token);
        }

        return credentials == null || read.Scheme == Uri.UriSchemeHttps || read.IsLoopback
            ? new(new(read.AbsoluteUri.TrimEnd('/') + "/"), credentials, secrets)
            : throw new UsageException(new Finding(
                "MLB4052", "Credentials would be seen on the way", option, read.AbsoluteUri, "https://, where one goes with the request",
                $"use https://, or clear {name} for a server that asks for none"));

        string Said(string variable) => environment.GetValueOrDefault(variable, "").Trim();
    }
}
