using System.IO.Compression;
using MlOpsBuild.Core;

namespace MlOpsBuild.Data.Files;

/// <summary>
/// Unpacks gzip, and tells when a file was cut: the runtime passes a cut file off as a whole one unless it is asked to look.
/// </summary>
internal static class PackedFile
{
    private const string Strict = "System.IO.Compression.UseStrictValidation";

    // The runtime reads the switch once, when something is unpacked for the first time in the process.
    private static readonly bool Looks = Ask();

    public static Stream Open(string name, Stream packed) =>
        Looks ? new GZipStream(packed, CompressionMode.Decompress) : throw new StageFailedException(new(
            "MLB1037", "A cut file could not be told from a whole one", name, null, $"the switch {Strict}",
            $"set it in the project that runs: <RuntimeHostConfigurationOption Include=\"{Strict}\" Value=\"true\" />"));

    private static bool Ask()
    {
        AppContext.SetSwitch(Strict, true);
        using var whole = new MemoryStream();
        using (var packer = new GZipStream(whole, CompressionLevel.Fastest, leaveOpen: true))
        {
            packer.Write("a row"u8);
        }

        try
        {
            using var unpacked = new GZipStream(new MemoryStream(whole.ToArray()[..^1]), CompressionMode.Decompress);
            unpacked.CopyTo(Stream.Null);
            return false;
        }
        catch (InvalidDataException)
        {
            return true;
        }
    }
}
