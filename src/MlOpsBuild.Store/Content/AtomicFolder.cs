namespace MlOpsBuild.Store.Content;

/// <summary>Folders that appear whole or not at all.</summary>
public static class AtomicFolder
{
    /// <summary>Gives a finished folder its name. Where another build was faster, its equal folder stays and this one goes.</summary>
    public static void Commit(string temporary, string target)
    {
        try
        {
            Directory.Move(temporary, target);
        }
        catch (IOException) when (Directory.Exists(target))
        {
            Directory.Delete(temporary, recursive: true);
        }
    }
}
