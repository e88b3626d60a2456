using System.Runtime.InteropServices;
using MlOpsBuild.Core;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Packaging.Registry.Tests;

/// <summary>Content of a given size that no compression shortens, with its digest.</summary>
internal sealed record Blob(byte[] Content, Digest Digest)
{
    public static Blob Of(int size, ulong seed = 1)
    {
        var random = new SplitMix64(seed);
        var words = new ulong[(size / sizeof(ulong)) + 1];
        for (var index = 0; index < words.Length; index++)
        {
            words[index] = random.Next();
        }

        return Of(MemoryMarshal.AsBytes<ulong>(words)[..size].ToArray());
    }

    public static Blob Of(byte[] content) => new(content, Digest.Of(content));

    /// <summary>A file of this content in <paramref name="folder"/>.</summary>
    public string In(TemporaryFolder folder)
    {
        var path = folder[Digest.Hex];
        File.WriteAllBytes(path, Content);
        return path;
    }
}
