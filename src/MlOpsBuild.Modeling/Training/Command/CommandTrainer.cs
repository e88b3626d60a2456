using System.Globalization;
using MlOpsBuild.Core;
using MlOpsBuild.Core.Files;
using MlOpsBuild.Scoring;
using MlOpsBuild.Scoring.Foreign;

namespace MlOpsBuild.Modeling.Training.Command;

/// <summary>Lets a program train, and another one score.</summary>
/// <param name="Train">The training program and its arguments.</param>
/// <param name="Score">The scoring program and its arguments.</param>
/// <param name="Sources">Files both need, below the checkout.</param>
/// <param name="Minutes">How long training may take.</param>
/// <param name="Weights">Whether the training program heeds the column of weights.</param>
public sealed record CommandTrainer(
    IReadOnlyList<string> Train, IReadOnlyList<string> Score, IReadOnlyList<string> Sources, int Minutes, bool Weights) : TrainerSpec
{
    internal const string ModelFolder = "model";
    private const long Largest = 512 * 1024 * 1024;
    private const int MostTold = 4_000;

    /// <inheritdoc />
    public override string Kind => "command";

    /// <inheritdoc />
    public override bool Standardises => false;

    /// <inheritdoc />
    public override bool FitsClasses => true;

    /// <inheritdoc />
    public override bool RunsPrograms => true;

    /// <inheritdoc />
    public override bool TakesWeights => Weights;

    /// <inheritdoc />
    public override IReadOnlyList<string> Files => Sources;

    /// <inheritdoc />
    public override TrainedModel Fit(TrainingRows rows, CancellationToken cancellationToken)
    {
        var folder = new ProgramFolder(Directory.CreateTempSubdirectory("mlops-train-").FullName);
        try
        {
            var files = Sources.ToDictionary(
                file => Path.GetFileName(file), file => File.ReadAllBytes(Path.GetFullPath(file, rows.Root)), StringComparer.Ordinal);
            foreach (var (name, content) in files)
            {
                folder.Write(name, content);
            }

            TrainingTable.Write(rows, folder.Path);
            Directory.CreateDirectory(Path.Combine(folder.Path, ModelFolder));
            Run(folder, cancellationToken);
            return ForeignCheck.Passed(rows, new CommandModel
            {
                Target = rows.Target, Classes = rows.Classes, Fields = rows.Fields, Scale = rows.Scale, Command = Score,
                Files = WithModel(files, folder.Path),
            }, cancellationToken);
        }
        finally
        {
            Directory.Delete(folder.Path, recursive: true);
        }
    }

    private static SortedDictionary<string, byte[]> WithModel(Dictionary<string, byte[]> files, string folder)
    {
        var left = new DirectoryInfo(Path.Combine(folder, ModelFolder)).GetFiles("*", SearchOption.AllDirectories);
        if (left.Length == 0 || left.Sum(file => file.Length) > Largest)
        {
            throw new StageFailedException(new Finding(
                "MLB2029", left.Length == 0 ? "The training program left no model" : "The model is too large", $"{ModelFolder}/",
                string.Create(CultureInfo.InvariantCulture, $"{left.Sum(file => file.Length)} bytes"),
                $"files in {ModelFolder}/, at most {Largest} bytes together", "write what scoring needs there"));
        }

        var all = new SortedDictionary<string, byte[]>(files, StringComparer.Ordinal);
        foreach (var file in left)
        {
            all[SlashPath.From(folder, file.FullName)] = File.ReadAllBytes(file.FullName);
        }

        return all;
    }

    private void Run(ProgramFolder folder, CancellationToken cancellationToken)
    {
        using var process = folder.Start(Train, "The training program");
        process.StandardInput.Close();
        var (said, problems) =
            (process.StandardOutput.ReadToEndAsync(cancellationToken), process.StandardError.ReadToEndAsync(cancellationToken));
        using var stop = cancellationToken.Register(() => process.Kill(entireProcessTree: true));
        var ended = process.WaitForExit(TimeSpan.FromMinutes(Minutes));
        if (!ended)
        {
            process.Kill(entireProcessTree: true);
        }

        cancellationToken.ThrowIfCancellationRequested();
        if (!ended || process.ExitCode != 0)
        {
            var told = (problems.GetAwaiter().GetResult() + said.GetAwaiter().GetResult()).Trim();
            throw new StageFailedException(new Finding(
                "MLB2030", "The training program failed", string.Join(' ', Train),
                ended
                    ? string.Create(CultureInfo.InvariantCulture, $"exit code {process.ExitCode}")
                    : string.Create(CultureInfo.InvariantCulture, $"not done after {Minutes} minutes"),
                "exit code 0", told.Length > MostTold ? told[^MostTold..] : told));
        }
    }

    /// <inheritdoc />
    public bool Equals(CommandTrainer? other) => other != null && Describe() == other.Describe();

    /// <inheritdoc />
    public override int GetHashCode() => Describe().GetHashCode(StringComparison.Ordinal);
}
