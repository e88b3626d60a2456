using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace MlOpsBuild.Engine;

/// <summary>Checks that end a target with a sentence. Each throws <see cref="ArgumentException"/>.</summary>
public static class Assert
{
    /// <summary>Fails.</summary>
    [DoesNotReturn]
    public static void Fail(string message, Exception? exception = null) => throw new ArgumentException(message, exception);

    /// <summary>The condition must hold.</summary>
    public static void True(
        [DoesNotReturnIf(false)] bool condition, string? message = null,
        [CallerArgumentExpression(nameof(condition))] string? argumentExpression = null) =>
        Check(condition, message, $"Expected to be true: {argumentExpression}");

    /// <summary>The condition must not hold.</summary>
    public static void False(
        [DoesNotReturnIf(true)] bool condition, string? message = null,
        [CallerArgumentExpression(nameof(condition))] string? argumentExpression = null) =>
        Check(!condition, message, $"Expected to be false: {argumentExpression}");

    /// <summary>The object must be there.</summary>
    public static T NotNull<T>(
        [NotNull] this T? obj, string? message = null, [CallerArgumentExpression(nameof(obj))] string? argumentExpression = null)
        where T : class
    {
        Check(obj != null, message, $"Expected a value: {argumentExpression}");
        return obj!;
    }

    /// <summary>The value must be there.</summary>
    public static T? NotNull<T>(
        [NotNull] this T? obj, string? message = null, [CallerArgumentExpression(nameof(obj))] string? argumentExpression = null)
        where T : struct
    {
        Check(obj != null, message, $"Expected a value: {argumentExpression}");
        return obj!;
    }

    /// <summary>The text must have letters, if only blanks.</summary>
    public static string NotNullOrEmpty(
        [NotNull] this string? str, string? message = null, [CallerArgumentExpression(nameof(str))] string? argumentExpression = null)
    {
        Check(!string.IsNullOrEmpty(str), message, $"Expected a text: {argumentExpression}");
        return str!;
    }

    /// <summary>The text must say something.</summary>
    public static string NotNullOrWhiteSpace(
        [NotNull] this string? str, string? message = null, [CallerArgumentExpression(nameof(str))] string? argumentExpression = null)
    {
        Check(!string.IsNullOrWhiteSpace(str), message, $"Expected a text that is not blank: {argumentExpression}");
        return str!;
    }

    /// <summary>The collection must have elements.</summary>
    public static void NotEmpty<T>(
        [NotNull] IReadOnlyCollection<T>? collection, string? message = null,
        [CallerArgumentExpression(nameof(collection))] string? argumentExpression = null) =>
        Check(collection is { Count: > 0 }, message, $"Expected elements: {argumentExpression}");

    /// <summary>The collection must have no elements.</summary>
    public static void Empty<T>(
        [NotNull] IReadOnlyCollection<T>? collection, string? message = null,
        [CallerArgumentExpression(nameof(collection))] string? argumentExpression = null) =>
        Check(collection is { Count: 0 }, message, $"Expected no elements: {argumentExpression}");

    /// <summary>The collection must have <paramref name="length"/> elements.</summary>
    public static void Count<T>(
        [NotNull] IReadOnlyCollection<T>? collection, int length, string? message = null,
        [CallerArgumentExpression(nameof(collection))] string? argumentExpression = null)
    {
        if (collection == null || collection.Count != length)
        {
            Fail(message ?? $"Expected {length} elements, not {collection?.Count ?? 0}: {argumentExpression}");
        }
    }

    /// <summary>The collection must have one element.</summary>
    public static void HasSingleItem<T>(
        [NotNull] IReadOnlyCollection<T>? collection, string? message = null,
        [CallerArgumentExpression(nameof(collection))] string? argumentExpression = null) =>
        Count(collection, 1, message, argumentExpression);

    /// <summary>The file must exist.</summary>
    public static void FileExists(
        string path, string? message = null, [CallerArgumentExpression(nameof(path))] string? argumentExpression = null) =>
        Check(File.Exists(path), message, $"Expected the file '{path}': {argumentExpression}");

    /// <summary>The folder must exist.</summary>
    public static void DirectoryExists(
        string path, string? message = null, [CallerArgumentExpression(nameof(path))] string? argumentExpression = null) =>
        Check(Directory.Exists(path), message, $"Expected the folder '{path}': {argumentExpression}");

    private static void Check([DoesNotReturnIf(false)] bool holds, string? message, string otherwise)
    {
        if (!holds)
        {
            Fail(message ?? otherwise);
        }
    }
}
