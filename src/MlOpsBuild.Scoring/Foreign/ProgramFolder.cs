using System.ComponentModel;
using System.Diagnostics;
using MlOpsBuild.Core;

namespace MlOpsBuild.Scoring.Foreign;

/// <summary>A folder in which programs of one's own run, with their files.</summary>
/// <param name="path">The folder.</param>
public sealed class ProgramFolder(string path)
{
    /// <summary>The folder.</summary>
    public string Path { get; } = path;

    /// <summary>Writes a file that may be a program: the owner, and nobody else, may read, write and run it.</summary>
    /// <param name="name">Its path in the folder.</param>
    /// <param name="content">What it holds.</param>
    /// <exception cref="StageFailedException">It would lie outside.</exception>
    public void Write(string name, byte[] content)
    {
        var file = System.IO.Path.GetFullPath(name, Path);
        if (!file.StartsWith(Path + System.IO.Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            throw new StageFailedException(new Finding(
                "MLB2206", "A file of the model lies outside its folder", "Trainers.Command", name, "a relative path without .."));
        }

        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file, content);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    /// <summary>Starts a program here, which may be one of the files; it sees no secret of ours.</summary>
    /// <param name="command">The program and its arguments.</param>
    /// <param name="called">What it is called where it cannot be started, for example <c>The training program</c>.</param>
    /// <exception cref="StageFailedException">It cannot be started.</exception>
    public Process Start(IReadOnlyList<string> command, string called)
    {
        var program = command[0].Contains('/', StringComparison.Ordinal) ? System.IO.Path.GetFullPath(command[0], Path) : command[0];
        var start = new ProcessStartInfo(program, command.Skip(1))
        {
            WorkingDirectory = Path, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true
        };
        ChildEnvironment.Keep(start);
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception problem)
        {
            throw new StageFailedException(new Finding(
                "MLB2207", $"{called} cannot be started", "Trainers.Command", command[0], problem.Message,
                "install it where models are trained and served, or correct its name"));
        }
    }
}
