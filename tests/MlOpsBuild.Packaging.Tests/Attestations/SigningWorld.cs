using System.Diagnostics;
using System.Text;
using MlOpsBuild.Core;
using MlOpsBuild.Core.Signing;
using MlOpsBuild.Store;
using MlOpsBuild.Store.Signing;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Packaging.Attestations.Tests;

/// <summary>A checkout that trusts one key, and a store that signs with any.</summary>
internal sealed class SigningWorld : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public SigningWorld()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(KeyFile)!);
        File.WriteAllText(KeyFile, Pair.Public);
        Store = MlOpsStore.At(_folder["checkout"], TimeProvider.System);
        SignWith(Pair.Private);
    }

    /// <summary>The key that is trusted.</summary>
    public (string Private, string Public, string Name) Pair { get; } = Trust.Create();

    public MlOpsStore Store { get; }

    /// <summary>Whom the checkout believes.</summary>
    public TrustedKeys Keys => Store.Trust.Keys;

    /// <summary>Whom a checkout believes that trusts somebody else.</summary>
    public static TrustedKeys Strangers
    {
        get
        {
            using var other = new SigningWorld();
            return other.Keys;
        }
    }

    private string KeyFile => _folder["checkout/.nuke/keys/team.pem"];

    /// <summary>From now on the store signs with this key, or with none.</summary>
    public void SignWith(string? key) =>
        Store.Trust = Trust.Of(
            _folder["checkout"], "local",
            key == null ? new Dictionary<string, string>() : new Dictionary<string, string> { [Trust.Variable] = key });

    /// <summary>The manifest of some image.</summary>
    public async Task<Digest> ImageAsync(string content) =>
        (await Store.Blobs.PutAsync(Encoding.UTF8.GetBytes($$"""{"of": "{{content}}"}"""), CancellationToken.None)).Digest;

    /// <summary>Whether OpenSSL finds that the trusted key signed <paramref name="content"/>.</summary>
    public async Task<bool> OpenSslVerifiesAsync(byte[] content, byte[] signature)
    {
        await File.WriteAllBytesAsync(_folder["content"], content);
        await File.WriteAllBytesAsync(_folder["signature"], signature);
        string[] arguments = ["dgst", "-sha256", "-verify", KeyFile, "-signature", _folder["signature"], _folder["content"]];
        using var process = Process.Start(new ProcessStartInfo(ProgramOnPath.Find("openssl")!, arguments)
        {
            RedirectStandardOutput = true, RedirectStandardError = true
        })!;
        await process.WaitForExitAsync();
        return process.ExitCode == 0;
    }

    public void Dispose() => _folder.Dispose();
}
