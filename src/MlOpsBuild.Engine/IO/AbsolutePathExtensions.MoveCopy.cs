namespace MlOpsBuild.Engine.IO;

/// <summary>What builds do with paths: move and copy.</summary>
public static partial class AbsolutePathExtensions
{
    /// <summary>Copies a file or a folder to <paramref name="target"/>, its new path.</summary>
    /// <exception cref="IOException">Something is there and the policy does not allow for it, or the source is missing.</exception>
    public static AbsolutePath Copy(
        this AbsolutePath source, AbsolutePath target, ExistsPolicy policy = ExistsPolicy.Fail,
        Func<AbsolutePath, bool>? excludeDirectory = null, Func<AbsolutePath, bool>? excludeFile = null, bool createDirectories = true)
    {
        if (createDirectories)
        {
            target.Parent?.CreateDirectory();
        }

        if (source.FileExists())
        {
            Place(source, target, policy, File.Copy);
            return target;
        }

        Enter(source, target, policy);
        foreach (var file in source.GetFiles().Where(file => excludeFile?.Invoke(file) != true))
        {
            Place(file, target / file.Name, policy, File.Copy);
        }

        foreach (var folder in source.GetDirectories().Where(folder => excludeDirectory?.Invoke(folder) != true))
        {
            folder.Copy(target / folder.Name, policy, excludeDirectory, excludeFile);
        }

        return target;
    }

    /// <summary>Copies a file or a folder into <paramref name="target"/>, under its name.</summary>
    public static AbsolutePath CopyToDirectory(
        this AbsolutePath source, AbsolutePath target, ExistsPolicy policy = ExistsPolicy.Fail,
        Func<AbsolutePath, bool>? excludeDirectory = null, Func<AbsolutePath, bool>? excludeFile = null, bool createDirectories = true) =>
        source.Copy(target / source.Name, policy, excludeDirectory, excludeFile, createDirectories);

    /// <summary>
    /// Moves a file or a folder to <paramref name="target"/>, its new path; files the policy skips stay unless they are to be deleted.
    /// </summary>
    /// <exception cref="IOException">Something is there and the policy does not allow for it, or the source is missing.</exception>
    public static AbsolutePath Move(
        this AbsolutePath source, AbsolutePath target, ExistsPolicy policy = ExistsPolicy.Fail, bool createDirectories = true,
        bool deleteRemainingFiles = false)
    {
        if (createDirectories)
        {
            target.Parent?.CreateDirectory();
        }

        if (source.FileExists())
        {
            Place(source, target, policy, File.Move);
            return target;
        }

        Enter(source, target, policy);
        foreach (var file in source.GetFiles())
        {
            Place(file, target / file.Name, policy, File.Move);
        }

        foreach (var folder in source.GetDirectories())
        {
            folder.Move(target / folder.Name, policy, createDirectories: true, deleteRemainingFiles);
        }

        if (deleteRemainingFiles || !Directory.EnumerateFileSystemEntries(source).Any())
        {
            source.DeleteDirectory();
        }

        return target;
    }

    /// <summary>Moves to the path that <paramref name="newPath"/> makes of this one.</summary>
    public static AbsolutePath Move(
        this AbsolutePath source, Func<AbsolutePath, AbsolutePath> newPath, ExistsPolicy policy = ExistsPolicy.Fail,
        bool createDirectories = true) =>
        source.Move(newPath(source), policy, createDirectories);

    /// <summary>Moves into <paramref name="target"/>, under its name.</summary>
    public static AbsolutePath MoveToDirectory(
        this AbsolutePath source, AbsolutePath target, ExistsPolicy policy = ExistsPolicy.Fail, bool createDirectories = true) =>
        source.Move(target / source.Name, policy, createDirectories);

    /// <summary>Gives it another name in its folder.</summary>
    public static AbsolutePath Rename(this AbsolutePath source, string newName, ExistsPolicy policy = ExistsPolicy.Fail) =>
        source.Move((source / ..) / newName, policy);

    /// <summary>Gives it the name that <paramref name="newName"/> makes of the path.</summary>
    public static AbsolutePath Rename(
        this AbsolutePath source, Func<AbsolutePath, string> newName, ExistsPolicy policy = ExistsPolicy.Fail) =>
        source.Rename(newName(source), policy);

    /// <summary>Gives it another name and keeps its extension.</summary>
    public static AbsolutePath RenameWithoutExtension(this AbsolutePath source, string newName, ExistsPolicy policy = ExistsPolicy.Fail) =>
        source.Rename(newName + source.Extension, policy);

    private static void Enter(AbsolutePath source, AbsolutePath target, ExistsPolicy policy)
    {
        if (!source.DirectoryExists())
        {
            throw new IOException($"'{source}' does not exist.");
        }

        if (target.FindParentOrSelf(folder => folder == source) != null)
        {
            throw new IOException($"'{target}' lies in '{source}', which cannot go into itself.");
        }

        if (target.DirectoryExists() && !policy.HasFlag(ExistsPolicy.DirectoryMerge))
        {
            throw new IOException($"Folder '{target}' exists already; choose a policy that merges, or remove it.");
        }

        target.CreateDirectory();
    }

    private static void Place(AbsolutePath source, AbsolutePath target, ExistsPolicy policy, Action<string, string, bool> place)
    {
        if (target.FileExists() && policy.HasFlag(ExistsPolicy.FileSkip))
        {
            return;
        }

        if (target.FileExists()
            && policy.HasFlag(ExistsPolicy.FileOverwriteIfNewer)
            && source.GetLastWriteTimeUtc() <= target.GetLastWriteTimeUtc())
        {
            return;
        }

        var replaces = policy.HasFlag(ExistsPolicy.FileOverwrite) || policy.HasFlag(ExistsPolicy.FileOverwriteIfNewer);
        if (target.FileExists() && !replaces)
        {
            throw new IOException($"File '{target}' exists already; choose a policy that skips or overwrites, or remove it.");
        }

        place(source, target, replaces);
    }
}
