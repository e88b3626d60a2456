using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using MlOpsBuild.Core;
using MlOpsBuild.Scoring.Rows;

namespace MlOpsBuild.Scoring.Foreign;

/// <summary>
/// Asks a program of one's own, one row at a time: it reads a JSON object a line and answers a line with a number, a list of probabilities
/// or <c>{"error": "…"}</c>. It ends when its input does; one that ended by itself is started again once.
/// </summary>
public sealed class CommandScorer : IRowScorer
{
    private const int MostTold = 2_000;
    private readonly CommandModel _model;
    private readonly string _folder;
    private readonly Lock _turn = new();
    private Process? _process;
    private string _told = "";

    private CommandScorer(CommandModel model, string folder) => (_model, _folder) = (model, folder);

    /// <summary>Writes the model's files into a folder of its own and starts the program there.</summary>
    /// <exception cref="StageFailedException">It cannot be started.</exception>
    public static CommandScorer Start(CommandModel model)
    {
        var folder = Directory.CreateTempSubdirectory("mlops-command-").FullName;
        try
        {
            return Start(model, folder);
        }
        catch
        {
            Directory.Delete(folder, recursive: true);
            throw;
        }
    }

    private static CommandScorer Start(CommandModel model, string folder)
    {
        foreach (var (path, content) in model.Files)
        {
            var file = Path.GetFullPath(path, folder);
            if (!file.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            {
                throw new StageFailedException(new Finding("A file of the model lies outside its folder", "Trainers.Command", path, "a relative path without .."));
            }

            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllBytes(file, content);
        }

        var scorer = new CommandScorer(model, folder);
        scorer._process = scorer.Begin();
        return scorer;
    }

    /// <inheritdoc />
    public Prediction Score(InputRow row)
    {
        var line = RowWriter.Write(_model.Fields, row).ToJsonString();
        lock (_turn)
        {
            return Read(Ask(line) ?? (Again() ? Ask(line) : null));
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        End();
        _process?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private Process Begin()
    {
        var start = new ProcessStartInfo(_model.Command[0], _model.Command.Skip(1)) { WorkingDirectory = _folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            var process = Process.Start(start)!;
            process.ErrorDataReceived += (_, line) => _told = (_told + line.Data + "\n") is var all && all.Length > MostTold ? all[^MostTold..] : all;
            process.BeginErrorReadLine();
            return process;
        }
        catch (Win32Exception problem)
        {
            throw new StageFailedException(new Finding("The model's program cannot be started", "Trainers.Command", _model.Command[0], problem.Message, "install it where models are trained and served"));
        }
    }

    private string? Ask(string line)
    {
        try
        {
            _process!.StandardInput.WriteLine(line);
            _process.StandardInput.Flush();
            var answer = _process.StandardOutput.ReadLineAsync();
            if (answer.Wait(_model.AnswersWithin))
            {
                return answer.Result;
            }

            _process.Kill(entireProcessTree: true);
            throw Broken(string.Create(CultureInfo.InvariantCulture, $"nothing within {_model.AnswersWithin.TotalSeconds} s"));
        }
        catch (IOException)
        {
            return null;
        }
    }

    private bool Again()
    {
        End();
        _process?.Dispose();
        _process = Begin();
        return true;
    }

    private void End()
    {
        if (_process is { } process)
        {
            try
            {
                process.StandardInput.Dispose();
            }
            catch (IOException)
            {
                // It has ended already, with a line unread.
            }

            if (!process.WaitForExit(1000))
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    private Prediction Read(string? line)
    {
        if (line == null)
        {
            throw Broken("it ended without an answer");
        }

        try
        {
            using var document = JsonDocument.Parse(line);
            return document.RootElement.ValueKind switch
            {
                JsonValueKind.Number when _model.Classes is null => _model.Scale.Undo(document.RootElement.GetDouble()),
                JsonValueKind.Number when _model.Classes is { IsBinary: true } => Probability(document.RootElement),
                JsonValueKind.Array when _model.Classes is { IsBinary: false } classes && document.RootElement.GetArrayLength() == classes.Names.Count => new Prediction([.. document.RootElement.EnumerateArray().Select(Probability)]),
                JsonValueKind.Object when document.RootElement.TryGetProperty("error", out var error) => throw Broken(error.ToString()),
                _ => throw Broken(line),
            };
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException or FormatException)
        {
            throw Broken(line);
        }
    }

    private double Probability(JsonElement element) => element.GetDouble() is >= 0 and <= 1 and var probability ? probability : throw Broken(element.GetRawText());

    private StageFailedException Broken(string answer) => new(new Finding(
        "The model's program gives no prediction", string.Join(' ', _model.Command), answer.Length > MostTold ? answer[..MostTold] : answer, _model.Classes switch
        {
            null => "a number",
            { IsBinary: true } => "a probability from 0 to 1",
            var many => string.Create(CultureInfo.InvariantCulture, $"a list of {many.Names.Count} probabilities"),
        }, _told.Length == 0 ? "look at what it writes" : $"it said: {_told.Trim()}"));
}
