using System.Globalization;
using MlOpsBuild.Core;
using MlOpsBuild.Packaging.Registry;
using MlOpsBuild.Store.Sharing;

namespace MlOpsBuild.Components.Session;

/// <summary>What the caller said of the team's state.</summary>
internal sealed record TeamSettings(string? Remote, string? Branch, string? Registry, string? BlobLimit)
{
    private const string None = "none";
    private const int ShortestToken = 8;
    private static readonly (string Unit, long Bytes)[] Units = [("GiB", 1L << 30), ("MiB", 1L << 20), ("KiB", 1L << 10), ("B", 1)];

    public static TeamSettings Of(IHazRemote build) => new(build.Remote, build.RemoteBranch, build.Registry, build.BlobLimit);

    public bool IsShared => !string.IsNullOrEmpty(Remote) && !Remote.Equals(None, StringComparison.OrdinalIgnoreCase);

    /// <summary>The options these words stand for.</summary>
    /// <exception cref="UsageException">One of them is not usable.</exception>
    public async Task<RemoteOptions> ReadAsync(RunSession session, CancellationToken cancellationToken)
    {
        var options = await RemoteOptions.ForProjectAsync(Remote!, session.Root, session.Environment, session.Actor, cancellationToken);
        if (options.Address.Password is { } password)
        {
            session.Output.Mask(password);
        }

        // Build servers keep the token in the checkout's settings.
        foreach (var header in options.Settings.Where(setting => setting.Key.EndsWith("extraheader", StringComparison.OrdinalIgnoreCase)))
        {
            session.Output.Mask(header.Value);
            if (header.Value.Split(' ')[^1] is { Length: > ShortestToken } token)
            {
                session.Output.Mask(token);
            }
        }

        return options with
        {
            ReadOnly = session.IsOfChangeRequest ? "it belongs to a change request" : null,
            Branch = string.IsNullOrEmpty(Branch) ? RemoteOptions.DefaultBranch : Branch,
            BlobLimit = string.IsNullOrEmpty(BlobLimit) ? RemoteOptions.DefaultBlobLimit : Bytes(BlobLimit),
            Registry = string.IsNullOrEmpty(Registry)
                ? null
                : RegistryBlobRemote.Open(Registry, session.Environment, session.Time, session.Output.Mask),
        };
    }

    private static long Bytes(string text)
    {
        var (unit, factor) = Units.FirstOrDefault(unit => text.EndsWith(unit.Unit, StringComparison.OrdinalIgnoreCase), ("", 1));
        return long.TryParse(text[..^unit.Length].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count >= 0
            ? count * factor
            : throw new UsageException(new Finding(
                "MLB7072", "Not a size", "--blob-limit", text, "a whole number with B, KiB, MiB or GiB, for example 5MiB",
                "correct the value"));
    }
}
