using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using MlOpsBuild.Core;

namespace MlOpsBuild.Store.Schema;

/// <summary>
/// The version of the store's layout, in <c>store.json</c>. Older layouts are brought forward when the store is opened; a newer one
/// is refused, since writing into it could lose what this program does not know.
/// </summary>
public static class StoreSchema
{
    /// <summary>The layout this program writes.</summary>
    public const int Current = 2;

    /// <summary>The layout of a state branch whose audit log is packed; a store's folder is the same in both.</summary>
    internal const int Packed = 3;

    internal const string FileName = "store.json";
    private const int OriginBytes = 3;

    /// <summary>Brings what is in <paramref name="folder"/> forward, if there is anything.</summary>
    /// <exception cref="UsageException">A newer program wrote it.</exception>
    internal static void Open(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!Directory.Exists(folder))
        {
            return;
        }

        var found = Read(path);
        Refuse(found?.Schema ?? 1, path);
        if (found is not { Schema: Current } && FirstLayout.BringForward(folder))
        {
            Write(path, new(Current, found?.Origin ?? NewOrigin()));
        }
    }

    /// <summary>The identity of a store; drawn and written where it is used for the first time, and the one that was first wins.</summary>
    internal static StoreIdentity Settle(string folder)
    {
        var path = Path.Combine(folder, FileName);
        return Read(path) ?? Write(path, new(Current, NewOrigin()));
    }

    /// <summary>Refuses a layout newer than this program's.</summary>
    /// <exception cref="UsageException">It is newer.</exception>
    internal static void Refuse(int schema, string where, int newest = Current)
    {
        if (schema > newest)
        {
            throw new UsageException(new Finding(
                "MLB4019", "The store was written by a newer MlOpsBuild", where, $"schema {schema}", $"schema {newest} or older",
                "update MlOpsBuild in this checkout; nothing was changed"));
        }
    }

    // What cannot be read is taken for the oldest layout: bringing forward changes nothing that is in the new one already.
    internal static StoreIdentity? Read(string path) =>
        File.Exists(path) ? CanonicalJson.TryDeserialize<StoreIdentity>(File.ReadAllBytes(path)) : null;

    private static StoreIdentity Write(string path, StoreIdentity identity)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            var temporary = string.Create(CultureInfo.InvariantCulture, $"{path}.{Environment.ProcessId}-{Guid.NewGuid():N}.tmp");
            File.WriteAllBytes(temporary, CanonicalJson.Serialize(identity));
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // A store that cannot be written can still be read; whoever writes is told then.
        }

        return identity;
    }

    private static string NewOrigin() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(OriginBytes));
}
