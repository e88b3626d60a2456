using MlOpsBuild.Engine.Logging;

namespace MlOpsBuild.Engine;

/// <summary>
/// What targets of NUKE builds say around work that may fail. New ones say <c>.Retry</c> and <c>.ProceedAfterFailure</c>.
/// </summary>
public static class ControlFlow
{
    /// <summary>Does <paramref name="action"/>; a failure is told as a warning.</summary>
    public static void SuppressErrors(Action action, bool includeStackTrace = false, bool logWarning = true) => SuppressErrors<object?>(
        () =>
        {
            action();
            return null;
        },
        null,
        includeStackTrace,
        logWarning);

    /// <summary>The result of <paramref name="action"/>; where it fails, a warning and <paramref name="defaultValue"/>.</summary>
    public static T? SuppressErrors<T>(Func<T> action, T? defaultValue = default, bool includeStackTrace = false, bool logWarning = true)
    {
        try
        {
            return action();
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            if (logWarning)
            {
                Log.Warning(includeStackTrace ? failure.ToString() : failure.Message);
            }

            return defaultValue;
        }
    }

    /// <summary>Does <paramref name="action"/>, after a failure once more.</summary>
    /// <param name="action">What to do.</param>
    /// <param name="cleanup">What to do after each attempt.</param>
    /// <param name="retryAttempts">Attempts in all, at least 1.</param>
    /// <param name="delay">How long to wait between them; not at all by default.</param>
    /// <param name="logAction">Where failures are told; as warnings by default.</param>
    public static void ExecuteWithRetry(
        Action action, Action? cleanup = null, int retryAttempts = 3, TimeSpan? delay = null, Action<string>? logAction = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(retryAttempts, 1);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                action();
                return;
            }
            catch (Exception failure) when (failure is not OperationCanceledException && attempt < retryAttempts)
            {
                (logAction ?? (text => Log.Warning(text)))($"Attempt {attempt} of {retryAttempts} failed: {failure.Message}");
            }
            finally
            {
                cleanup?.Invoke();
            }

            Execution.RunState.Current.Pause(delay ?? TimeSpan.Zero);
        }
    }
}
